"""A day in the life of a dozen wire stories, on five outlets: what each page
shows from which tick on. Persons and events are invented.

STORIES: name -> {sentence id: text}.  PAGES: one entry a page: url, story, outlet
and its states [(tick, state)]; a state is a dict (title, sents, summary, note,
created, updated: minutes after the day's start) or GONE.  At most one page of a
story changes in a tick; check() proves it."""
import datetime as dt

START = dt.datetime(2026, 3, 10, 8, 0, tzinfo=dt.timezone.utc)
STEP = 10                                  # minutes
TICKS = list(range(0, 30)) + [144 + i for i in range(6)]   # the next day's morning
GONE = {'gone': True}

OUTLETS = {
    'a': {'name': 'Wire A', 'host': 'wire-a.test', 'zone': 'Asia/Kolkata', 'feed': '/news-sitemap.xml'},
    'b': {'name': 'Beacon', 'host': 'wire-b.test', 'zone': 'Europe/London', 'feed': '/rss.xml'},
    'c': {'name': 'Courier', 'host': 'wire-c.test', 'zone': 'America/New_York', 'feed': '/atom.xml'},
    'd': {'name': 'Ledger', 'host': 'wire-d.test', 'zone': 'UTC', 'feed': '/rss.xml'},
    'e': {'name': 'Echo', 'host': 'wire-e.test', 'zone': 'Asia/Seoul', 'feed': '/rss.xml'},
}

STORIES = {
    'talks': [
        'Ministers from both coastal states opened talks in Port Halden on Tuesday over fishing rights in the disputed northern strait.',
        'Foreign minister Edda Lorne told reporters that her delegation had come with a mandate to sign before the weekend.',
        'The strait has been closed to trawlers since January, when two vessels collided in fog and eleven sailors were rescued.',
        'Negotiators said the draft would divide the cod quota evenly and set up a joint patrol of six cutters.',
        'Harbour unions in Port Halden called the draft a surrender and announced a march along the quay for Wednesday evening.',
        'A final session is planned for Friday at the old customs house, where the first treaty was signed in 1931.'],
    'ferry': [
        'A passenger ferry with 212 people on board ran aground off Skarra island early on Tuesday, the coast guard said.',
        'Helicopters lifted forty passengers from the upper deck while lifeboats from three villages circled the listing vessel.',
        'Captain Ruben Aske said the crew had followed the marked channel and that a navigation light had been dark.',
        'The maritime board has opened an inquiry and asked the operator, Nordlys Lines, for the voyage recorder.',
        'All passengers were ashore by noon, and nine were treated in the regional hospital for cold and bruises.'],
    'rates': [
        'The central bank of Varelia raised its main lending rate by a quarter point to 4.75 percent on Tuesday.',
        'Governor Tomas Brandt said that wage growth remained too strong and that further steps could not be ruled out.',
        'Economists polled last week had been split evenly between a pause and the increase that was announced.',
        'The currency rose against the euro within minutes, and two-year bond yields climbed to their highest since October.'],
    'bridge': [
        'Engineers closed the Marlow suspension bridge to all traffic on Tuesday after finding a crack in a main cable anchor.',
        'City surveyor Ines Falk said the crack was forty centimetres long and had grown since the inspection last autumn.',
        'About thirty thousand commuters cross the bridge each day, and the detour through Easton adds almost an hour.',
        'The mayor promised free ferries from Wednesday and said repairs would take at least seven weeks.'],
    'vaccine': [
        'Health officials in Oristan began a vaccination campaign against measles on Tuesday after 640 cases in two months.',
        'Mobile teams will visit every school in the eastern districts, where fewer than half of all children are protected.',
        'Doctor Salma Idris, who leads the campaign, said the first shipment of ninety thousand doses arrived overnight.',
        'The outbreak is the largest since 1998 and has spread to three neighbouring provinces.'],
    'strike': [
        'Train drivers across Lindmark will strike for two days from Thursday, their union said after wage talks failed.',
        'Union leader Piet Hansen accused the state railway of offering less than half of what inflation had taken.',
        'The railway said every third intercity train would run and asked travellers to put off journeys that can wait.',
        'It would be the third walkout this year, and business groups put the cost of the last one at 80 million crowns.'],
    'court': [
        'A court in Brennick on Tuesday sentenced former mayor Oskar Dahl to four years in prison for taking bribes.',
        'Judges found that he had steered contracts for a sports arena to a builder who paid for his summer house.',
        'Dahl, who led the city for eleven years, showed no emotion and said through his lawyer that he would appeal.',
        'Prosecutors had asked for six years and the return of 900,000 crowns.'],
    'merger': [
        'Shipbuilder Tarn Yards agreed on Tuesday to buy its smaller rival Corvin Marine for 1.2 billion crowns in cash.',
        'Tarn chief executive Lena Moss said the combined docks would employ nine thousand people and keep both names.',
        'Regulators in two countries still have to approve the purchase, which the companies expect to close by September.',
        'Shares in Corvin jumped by a third in early trading while those of Tarn slipped four percent.'],
    'fireone': [
        'Firefighters in the Valdor hills battled a blaze on Tuesday that had destroyed sixteen houses above the village of Sint.',
        'The wind turned before dawn and drove the flames across a road that crews had hoped to hold.',
        'Two hundred residents spent the night in a school gymnasium, and the mayor asked them to stay away until Thursday.'],
    'firetwo': [
        'A second wildfire broke out near the Tessa reservoir on Tuesday and forced a power station to shut its turbines.',
        'Grid operator Volta said supply to the capital was safe, though two industrial customers had been cut off.',
        'Pilots of four water bombers flew from the lake until darkness and will resume at first light.'],
    'fireback': [
        'The region has had no rain for ninety days, the longest drought since records began in 1902.',
        'Parliament cut the forest service by a fifth two years ago, a step that the opposition wants reversed.'],
    'market1': [
        'Stocks in Varelia closed 1.4 percent higher on Monday at 8,214 points, led by banks and shipping companies.',
        'Turnover was 3.1 billion crowns, and 41 of the 60 listed shares gained.',
        'Traders pointed to strong export figures and to hopes that the rate decision would bring no surprise.'],
    'market2': [
        'Shares on the Varelian exchange lost 0.9 percent on Tuesday to end at 8,140 points after the rate increase.',
        'Lenders gave up early gains, and only 17 of the 60 listed companies rose in heavy trading of 4.6 billion crowns.',
        'Exporters were hurt by the firmer currency, dealers at Holm Securities said.'],
    'next': [
        'Dockers and fishermen marched along the quay of Port Halden on Wednesday and blocked the customs house for three hours.',
        'Police counted four thousand people, the largest protest in the town since the cannery closed in 2009.',
        'A spokesman for the harbour unions said the blockade would be repeated each morning until the ministers left.'],
}

# A sentence that was mended.
FIXED = {('ferry', 0): 'A passenger ferry with 121 people on board ran aground off Skarra island early on Tuesday, the coast guard said.',
         ('court', 3): 'Prosecutors had asked for six years and the return of 90,000 crowns.'}


def s(story, *idx):
    """Sentences of a story by number; 'x!' is the mended one."""
    return [FIXED[story, int(i[:-1])] if isinstance(i, str) else STORIES[story][i] for i in idx]


def st(title, sents, created=None, updated=None, note=None, summary=None):
    return {'title': title, 'sents': sents, 'created': created, 'updated': updated, 'note': note, 'summary': summary}


BACK = STORIES['fireback']
SUB = 'Edda Lorne says her delegation has come with a mandate to sign an agreement on the strait before the weekend.'
PAGES = [
    # flash, update, long take, correction-free; copies catch up; a withdrawal later
    ('http://wire-a.test/news/1001-strait-talks', 'talks', [
        (0, st('Ministers open talks on northern strait', s('talks', 0, 1), -5, None, summary=SUB)),
        (3, st('Ministers open talks on northern strait', s('talks', 0, 1, 2, 3), -5, 26, summary=SUB)),
        (9, st('Draft treaty would share cod quota of northern strait', s('talks', 0, 1, 2, 3, 4, 5), -5, 84, summary=SUB))]),
    ('http://wire-b.test/world/strait-talks-open', 'talks', [
        (1, st('Talks begin over fishing in the strait', s('talks', 0, 1), 6)),
        (6, st('Talks begin over fishing in the strait', s('talks', 0, 1, 2, 3), 6, 55))]),
    ('http://wire-d.test/a/strait', 'talks', [
        (12, st('Cod quota to be shared, draft says', s('talks', 0, 1, 2, 3, 4), 115))]),
    # a correction, on its copy too
    ('http://wire-b.test/news/ferry-aground', 'ferry', [
        (1, st('Ferry runs aground off Skarra', s('ferry', 0, 1, 2), 4)),
        (5, st('CORRECTED-Ferry runs aground off Skarra', s('ferry', '0!', 1, 2), 4, 48, note='Corrects number of people in paragraph 1')),
        (15, st('All ashore from Skarra ferry', s('ferry', '0!', 1, 2, 3, 4), 4, 146))]),
    ('http://wire-c.test/2026/03/ferry-skarra', 'ferry', [
        (2, st('Ferry aground off island, hundreds on board', s('ferry', 0, 1, 2), 15)),
        (8, st('Ferry aground off island, hundreds on board', s('ferry', '0!', 1, 2), 15, 78))]),
    # a silent edit
    ('http://wire-c.test/2026/03/rates-varelia', 'rates', [
        (0, st('Varelia raises rate to 4.75 percent', s('rates', 0, 1, 2, 3), -9, -2)),
        (7, st('Varelia raises rate to 4.75 percent', s('rates', 0, 1, 3), -9, -2))]),
    ('http://wire-e.test/economy/varelia-rate', 'rates', [
        (4, st('Rate increase in Varelia', s('rates', 0, 1, 2, 3), 38))]),
    # withdrawn by its first outlet, returns
    ('http://wire-d.test/a/bridge', 'bridge', [
        (2, st('Marlow bridge closed after crack is found', s('bridge', 0, 1, 2), 17)),
        (10, GONE), (20, st('Marlow bridge closed after crack is found', s('bridge', 0, 1, 2), 17))]),
    ('http://wire-a.test/news/1002-marlow-bridge', 'bridge', [
        (4, st('Crack shuts Marlow bridge', s('bridge', 0, 1, 2), 37))]),
    # retitled, then a summary-free update
    ('http://wire-a.test/news/1003-measles', 'vaccine', [
        (3, st('Oristan begins measles vaccinations', s('vaccine', 0, 1, 2), 27)),
        (11, st('Ninety thousand doses arrive as Oristan fights measles', s('vaccine', 0, 1, 2), 27, 108)),
        (16, st('Ninety thousand doses arrive as Oristan fights measles', s('vaccine', 0, 1, 2, 3), 27, 158))]),
    # a flip between two texts
    ('http://wire-e.test/europe/lindmark-strike', 'strike', [
        (1, st('Lindmark train drivers to strike', s('strike', 0, 1, 2), 8)),
        (5, st('Lindmark train drivers to strike', s('strike', 0, 1, 2, 3), 8, 47)),
        (8, st('Lindmark train drivers to strike', s('strike', 0, 1, 2), 8, 79)),
        (13, st('Lindmark train drivers to strike', s('strike', 0, 1, 2, 3), 8, 128))]),
    ('http://wire-b.test/europe/train-strike', 'strike', [
        (6, st('Two-day rail strike called in Lindmark', s('strike', 0, 1, 2, 3), 57))]),
    # a correction without a word in the title
    ('http://wire-d.test/a/court', 'court', [
        (6, st('Former mayor jailed for bribes', s('court', 0, 1, 2, 3), 58)),
        (14, st('Former mayor jailed for bribes', s('court', 0, 1, 2, '3!'), 58, 139, note='Correction: an earlier version gave a wrong sum in the last paragraph'))]),
    ('http://wire-c.test/2026/03/mayor-jailed', 'court', [
        (9, st('Brennick court jails former mayor', s('court', 0, 1, 2), 88))]),
    # a repost with its tail cut, which then leaves for good
    ('http://wire-c.test/2026/03/tarn-corvin', 'merger', [
        (5, st('Tarn Yards to buy Corvin Marine', s('merger', 0, 1, 2, 3), 46))]),
    ('http://wire-e.test/business/tarn-corvin', 'merger', [
        (10, st('Shipbuilders Tarn and Corvin to join', s('merger', 0, 1, 2), 97)),
        (18, GONE)]),
    # two stories that share background
    ('http://wire-b.test/world/valdor-fire', 'fireone', [
        (2, st('Sixteen houses burn in Valdor hills', s('fireone', 0, 1, 2) + BACK, 18))]),
    ('http://wire-a.test/news/1004-tessa-fire', 'firetwo', [
        (7, st('Wildfire near reservoir stops power station', s('firetwo', 0, 1, 2) + BACK, 66))]),
    # a daily market report, two editions
    ('http://wire-e.test/markets/varelia-monday', 'market1', [
        (0, st('Varelia stocks: market report', s('market1', 0, 1, 2), -8))]),
    ('http://wire-e.test/markets/varelia-tuesday', 'market2', [
        (144, st('Varelia stocks: market report', s('market2', 0, 1, 2), 1432))]),
    # the next day's development
    ('http://wire-a.test/news/1005-quay-march', 'next', [
        (145, st('Marchers block customs house in Port Halden', s('next', 0, 1, 2), 1446))]),
]


def at(minutes):
    return minutes is not None and START + dt.timedelta(minutes=minutes) or None


def tick_time(tick):
    return at(tick * STEP)


def state(page, tick):
    """What the page shows at a tick, or None before it is published."""
    now = [x for t, x in page[2] if t <= tick]
    return now[-1] if now else None


def outlet(url):
    return next(o for o in OUTLETS.values() if o['host'] in url)


def check():
    changes = {}
    for url, story, states in PAGES:
        for t, _ in states:
            assert t in TICKS, (url, t)
            assert (story, t) not in changes, (story, t, url, changes[story, t])
            changes[story, t] = url


check()
