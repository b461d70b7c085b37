"""Rows of make_bad_inputs.py that need neither a server nor a database: all end as the index says, within seconds and memory
(these in a plain build alone). `make check-hostile` runs the others too."""
import os
import sys

from cases import CASES

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'hostile'))
import check

stages = [x for s in ('extract', 'feed', 'sitemap', 'robots') for x in ('--stage', s)]
sys.exit(check.main(['--cases', CASES] + stages))
