"""peers_extract.py PAGE...: pages per CPU second of the tools that people use,
on the pages given, one line each; says what cannot be imported."""
import json
import resource
import sys
import time

MOST_S = 60  # of CPU for one tool: the slow ones take a part of the pages


def trafilatura():
    import trafilatura as t
    return lambda page: t.extract(page, with_metadata=True, output_format='json')


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    return lambda page: extract_plain_text(bytes_to_str(page, detect_encoding(page)), main_content=True)


def main():
    pages = [open(p, 'rb').read() for p in sys.argv[1:]]
    for name, make in (('trafilatura with metadata', trafilatura), ('resiliparse', resiliparse)):
        try:
            run = make()
        except ImportError as e:
            print(json.dumps({'tool': name, 'skipped': str(e)}))
            continue
        run(pages[0])  # what is loaded late
        n, start = 0, time.process_time()
        for page in pages:
            try:
                run(page)
            except Exception:  # a tool's fault on a page is its own
                pass
            n += 1
            if time.process_time() - start > MOST_S:
                break
        spent = time.process_time() - start
        print(json.dumps({'tool': name, 'pages': n, 'pages_per_cpu_s': round(n / spent, 1),
                          'peak_rss_mb': round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)}))


main()
