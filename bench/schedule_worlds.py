"""Worlds for tuning crawler/schedule.c. Rates are an hour, delays in minutes, scales of age in hours."""
DESK = [.1, .05, .05, .05, .1, .2, .5, .9, 1, 1, 1, .9, .8, .8, .9, .9, .9, .8, .6, .5, .4, .3, .2, .15]

AGEING = {'height': ('lognormal', 1.3), 'quiet': .3, 'ageing': ('power', .55, .75, 1.25), 'listed': .6}
BURSTS = dict(AGEING, ageing=('power', .35, .75, 1.25), bursts=(.5, 'exponential', 9.0))
HOURS = dict(AGEING, ageing=('power', .9, .75, 1.25), hours=DESK, zone=5.5, weekend=.5)

WORLDS = {
    'ageing': AGEING,
    'bursts': BURSTS,
    'hours': HOURS,
    'together': dict(HOURS, ageing=('power', .6, .75, 1.25), bursts=(.45, 'exponential', 12.0)),
}
