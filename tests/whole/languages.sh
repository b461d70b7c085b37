# An article and two copies that are cut from its end, in scripts with capitals
# beyond ASCII, without case and without blanks: one story each, renditions of
# its version (timeline.md, rule 4d), with the share of its words that they have.
set -eu
mkdir -p "$TMP/languages"
python3 - "$TMP/languages/in.jsonl" <<'PY'
import json, sys
# four sentences each; what parts them
texts = {
    'en': ('Talks open on strait', ' ', ['Ministers from both coastal states opened talks in Port Halden on Tuesday over fishing rights.', 'Negotiators said the draft would divide the quota of cod evenly between the two fleets.', 'The strait has been closed to trawlers since two vessels collided there in January.', 'Harbour unions called the plan a surrender and promised to block both ports.']),
    'de': ('Verhandlungen beginnen', ' ', ['Die Minister beider Küstenstaaten haben am Dienstag in Halden über Fischereirechte verhandelt.', 'Über den Entwurf sagten Unterhändler, er teile die Quote beim Kabeljau gleichmäßig auf.', 'Österreichs Vertreter erinnerte daran, dass die Meerenge seit Januar für Trawler gesperrt ist.', 'Äußerst scharf kritisierten die Gewerkschaften den Plan und drohten mit einer Blockade.']),
    'fr': ('Ouverture des pourparlers', ' ', ['Les ministres des deux pays riverains ont ouvert mardi des pourparlers sur les droits de pêche.', 'À Halden, les négociateurs ont indiqué que le projet partagerait le quota de morue à parts égales.', 'État par État, le détroit reste fermé aux chalutiers depuis la collision du mois de janvier.', '« Écoutez les marins ! » ont lancé les syndicats, qui menacent de bloquer les deux ports.']),
    'ru': ('Переговоры о проливе', ' ', ['Министры обеих прибрежных стран открыли во вторник переговоры о правах на рыбную ловлю.', 'Переговорщики сообщили, что проект разделит квоту на треску поровну между двумя флотами.', 'Пролив закрыт для траулеров с января, когда там в тумане столкнулись два судна.', '«Это капитуляция», — заявили портовые профсоюзы и пообещали перекрыть оба порта.']),
    'ar': ('محادثات حول المضيق', ' ', ['افتتح وزراء الدولتين الساحليتين يوم الثلاثاء محادثات حول حقوق الصيد في المضيق الشمالي.', 'قال المفاوضون إن المشروع سيقسم حصة سمك القد بالتساوي بين الأسطولين.', 'هل سيفتح المضيق المغلق أمام سفن الصيد منذ اصطدام سفينتين هناك في يناير؟', 'وصفت نقابات الموانئ الخطة بأنها استسلام ووعدت بإغلاق الميناءين معا.']),
    'he': ('שיחות על המצר', ' ', ['שרי שתי המדינות פתחו ביום שלישי בשיחות על זכויות הדיג במצר הצפוני.', 'אנשי הצוות אמרו כי הטיוטה תחלק את מכסת הבקלה שווה בשווה בין שני הציים.', 'המצר סגור לספינות דיג מאז ששתי ספינות התנגשו בו בערפל בחודש ינואר.', 'איגודי הנמל כינו את התוכנית כניעה והבטיחו לחסום את שני הנמלים.']),
    'hi': ('जलडमरूमध्य पर बातचीत', ' ', ['दोनों तटीय देशों के मंत्रियों ने मंगलवार को मछली पकड़ने के अधिकारों पर बातचीत शुरू की।', 'वार्ताकारों ने कहा कि मसौदा कॉड मछली का कोटा दोनों बेड़ों में बराबर बाँटेगा।', 'जनवरी में दो जहाजों की टक्कर के बाद से जलडमरूमध्य ट्रॉलरों के लिए बंद है।', 'बंदरगाह यूनियनों ने योजना को आत्मसमर्पण बताया और दोनों बंदरगाह रोकने की बात कही।']),
    'ko': ('해협 회담 개막', ' ', ['두 연안국 장관들은 화요일 북부 해협의 어업권을 둘러싼 회담을 시작했다.', '협상단은 초안이 대구 할당량을 두 선단에 똑같이 나눌 것이라고 말했다.', '이 해협은 지난 1월 안개 속에서 배 두 척이 충돌한 뒤 저인망 어선에 닫혀 있다.', '항만 노조는 이 계획을 항복이라고 부르며 두 항구를 막겠다고 밝혔다.']),
    'zh': ('海峡会谈开幕', '', ['两个沿海国家的部长周二在哈尔登港就北部海峡的捕鱼权开始会谈。', '谈判代表表示，草案将在两国船队之间平均分配鳕鱼配额。', '自今年一月两艘船只在大雾中相撞以来，该海峡一直禁止拖网渔船通行。', '港口工会称该计划是“投降”，并誓言封锁两个港口！']),
    'ja': ('海峡めぐり協議開始', '', ['両沿岸国の閣僚は火曜日、北部海峡の漁業権をめぐる協議をハルデン港で始めた。', '交渉担当者によると、草案はタラの漁獲枠を両国の船団に均等に分けるという。', '海峡は一月に霧の中で船二隻が衝突して以来、トロール船に閉ざされている。', '港湾労組は「降伏だ」と計画を批判し、二つの港を封鎖すると表明した。']),
    'th': ('เปิดเจรจาช่องแคบ', ' ', ['รัฐมนตรีของสองประเทศชายฝั่งเปิดการเจรจาเรื่องสิทธิการประมงในช่องแคบทางเหนือเมื่อวันอังคาร', 'ผู้เจรจากล่าวว่าร่างข้อตกลงจะแบ่งโควตาปลาค็อดให้กองเรือทั้งสองฝ่ายเท่ากัน', 'ช่องแคบถูกปิดไม่ให้เรืออวนลากผ่านตั้งแต่เรือสองลำชนกันในหมอกเมื่อเดือนมกราคม', 'สหภาพแรงงานท่าเรือเรียกแผนนี้ว่าการยอมจำนนและประกาศว่าจะปิดท่าเรือทั้งสองแห่ง']),
}
with open(sys.argv[1], 'w') as f:
    for hour, (lang, (title, gap, s)) in enumerate(texts.items()):
        for minute, n in enumerate((4, 3, 2)):
            f.write(json.dumps({'url': 'http://%s.%s.test/1' % ('abc'[minute], lang), 'outlet': lang + 'abc'[minute],
                'title': title, 'body': gap.join(s[:n]), 'kind': 'article',
                'fetched_at': '2024-03-10T%02d:%02d:00Z' % (hour, minute * 10)}) + '\n')
PY
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
d ingest --format jsonl "$TMP/languages/in.jsonl" 2> /dev/null
said=$(q "SELECT split_part(split_part(url, '/', 3), '.', 2) AS lang, count(DISTINCT story_id), count(DISTINCT version),
	bool_and(CASE left(split_part(url, '/', 3), 1) WHEN 'a' THEN coverage = 1 WHEN 'b' THEN coverage BETWEEN .68 AND .82
		ELSE coverage BETWEEN .42 AND .58 END)
	FROM dateline.sightings GROUP BY lang ORDER BY lang")
want=$(printf '%s|1|1|t\n' ar de en fr he hi ja ko ru th zh)
test "$said" = "$want" || { echo "$said"; q "SELECT url, story_id, version, coverage FROM dateline.sightings ORDER BY url"; exit 1; }
test "$(q "SELECT string_agg(kind || ' ' || n, ', ' ORDER BY kind) FROM (SELECT kind, count(*) n FROM dateline.events GROUP BY kind) x")" = "created 11, reposted 22"
# a letter is a word: the articles have as many as are written
test "$(q "SELECT words FROM dateline.versions JOIN dateline.sightings USING (story_id, version) WHERE url LIKE '%a.zh%'")" -gt 80
