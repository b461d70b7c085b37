"""Worlds held back while tuning: other parameters and other forms. Run at the end (bench/README.md says when)."""
SHIFTS = [.5, .2, .1, .1, .1, .3, .9, 1, .7, .4, .3, .4, .5, .5, .4, .4, .6, 1, 1, 1, .9, .8, .7, .6]

AGEING = {'height': ('pareto', 1.4), 'quiet': .45, 'ageing': ('decay', .45, 2.5, .02, 60.0), 'listed': .35}
BURSTS = dict(AGEING, ageing=('decay', .3, 2.5, .012, 60.0), bursts=(.6, 'omori', 6.0, 1.1))
HOURS = dict(AGEING, ageing=('power', .5, 2.0, 1.5), hours=SHIFTS, zone=-5, weekend=.8)

WORLDS = {
    'ageing': AGEING,
    'bursts': BURSTS,
    'hours': HOURS,
    'together': dict(HOURS, ageing=('decay', .5, 1.5, .02, 40.0), bursts=(.55, 'omori', 5.0, 1.3)),
}
