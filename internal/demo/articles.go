package demo

// article is one news item of the demo.
type article struct {
	programme string // key of plans
	author    string // who writes it
	body      string // key of bodies: whose name stands under it
	written   string // moment at which the draft was saved
	publish   string // moment, "" for a draft
	title     string
	lead      string
	text      string // file of texts
	tags      []string
	places    []string // TERC
	goals     []string // keys of goals
	picture   *picture
	files     []string // names in files

	// corrected is when a slip was mended after publication; what stood there
	// before is found by replacing right with wrong.
	corrected    string
	right, wrong string

	withdrawn, reason string
}

// picture is an illustration with its words.
type picture struct {
	draw         func() canvas
	name         string
	alt, caption string
}

var articles = []article{
	{
		programme: main, author: editor, body: forum, written: "2014-06-02 08:30", publish: "2014-06-02 09:00",
		title:  "Dwa dni w Wiśle o tym, jak urząd i mieszkańcy mogą się lepiej rozumieć",
		lead:   "13 i 14 czerwca spotykamy się na seminarium partycypacyjnym. Czekamy na pracowników urzędów, ludzi z organizacji i mieszkańców. Zgłoszenia przyjmujemy do 9 czerwca.",
		text:   "zaproszenie.md",
		tags:   []string{"seminarium", "foresight", "zaproszenie"},
		places: []string{"2473011", "2412013", "2411", "2412", "2415"},
		goals:  []string{work},
		picture: &picture{mountains, "w-strone-wisly.png",
			"Rysunek: cztery kształty, niebieski kwadrat, turkusowe koło, brązowy trójkąt i śliwkowy romb, wspinają się jedną ścieżką ku zielonym i błękitnym górom, nad którymi stoi słońce.",
			"Kwadrat to urząd, koło organizacja, trójkąt mieszkańcy, romb firmy. Idą tą samą drogą."},
		files: []string{"program-seminarium.pdf"},
	},
	{
		programme: main, author: townWriter, body: town, written: "2014-06-23 09:40", publish: "2014-06-23 11:00",
		title:  "Kartki na dwóch ścianach. Z Wisły wróciła nasza grupa",
		lead:   "Dwa dni przy wspólnych stołach, jedno pytanie: co stoi między urzędem a mieszkańcami i kto może to odsunąć. Ruszył program współpracy międzysektorowej, do którego wciąż można dołączyć.",
		text:   "seminarium.md",
		tags:   []string{"seminarium", "foresight", "standardy"},
		places: []string{"2412013"},
		goals:  []string{work, spread},
		picture: &picture{table, "wspolny-stol.png",
			"Rysunek: okrągły stół widziany z góry. Siedzą przy nim na zmianę kwadraty, koła, trójkąty i romby, przed każdym leży kartka, a pośrodku stołu spotykają się wszystkie cztery kształty.",
			"Przy każdym stole siedzieli ludzie z urzędów, z organizacji i mieszkańcy."},
		corrected: "2014-06-24 08:15", right: "Pracę prowadziło czworo trenerów.", wrong: "Pracę prowadziło troje trenerów.",
	},
	{
		programme: main, author: editor, body: forum, written: "2014-10-14 10:20", publish: "2014-10-14 12:00",
		title: "Jeden temat, jeden dzień, jedno ustalenie: warsztaty w połowie drogi",
		lead:  "Za nami konsultacje i dotacje, przed nami inicjatywa lokalna i rady pożytku. Są jeszcze miejsca na listopadowe spotkania w Żorach i Rybniku.",
		text:  "warsztaty.md",
		tags:  []string{"warsztaty", "standardy", "konsultacje", "dotacje"},
		goals: []string{work, spread, practise},
		picture: &picture{board, "tablica.png",
			"Rysunek: tablica z kartkami w czterech kolorach. Linie łączą je od lewej do prawej, aż spotykają się w jednej kartce, na której są wszystkie cztery kształty.",
			"Czterdzieści siedem pytań, cztery tematy, na końcu każdego jedno ustalenie."},
	},
	{
		programme: main, author: editor, body: forum, written: "2014-11-05 09:10", publish: "2014-11-05 12:00",
		title: "Sto sześćdziesiąt osób odpowiedziało. Gdzie się co do siebie mylimy",
		lead:  "Urzędnicy chcą odpowiadać na uwagi częściej, niż ktokolwiek poza urzędem przypuszcza. Wyniki jesiennej debaty są do przeczytania i do pobrania.",
		text:  "debata.md",
		tags:  []string{"debata", "stereotypy"},
		goals: []string{work},
		picture: &picture{table, "dwie-strony-stolu.png",
			"Rysunek: okrągły stół widziany z góry. Siedzą przy nim na zmianę kwadraty, koła, trójkąty i romby, przed każdym leży kartka z odpowiedzią.",
			""},
	},
	{
		programme: main, author: administrator, body: union, written: "2014-12-02 14:00", publish: "2014-12-03 10:00",
		title:  "Trzy razy 10\u00a0000\u00a0zł na inicjatywy mieszkańców. Wnioski do 18\u00a0grudnia, do\u00a015.00",
		lead:   "Macie pomysł, który rozwiąże prawdziwy problem w waszej gminie, dzielnicy albo sołectwie? Potrzebny jest podpisany wniosek w zamkniętej kopercie i ta sama treść e-mailem.",
		text:   "konkurs.md",
		tags:   []string{"konkurs", "inicjatywa lokalna"},
		places: []string{"2411", "2412", "2415", "2467011", "2473011", "2479011"},
		goals:  []string{residents},
		picture: &picture{envelope, "koperta.png",
			"Rysunek: otwarta koperta, z której wystaje zapisana kartka. Nad nią kiełkują cztery rośliny; zamiast kwiatów mają kwadrat, trójkąt, koło i romb.",
			""},
		files: []string{"karta-inicjatywy.pdf"},
	},
	{
		programme: main, author: editor, body: forum, written: "2014-12-04 15:30", publish: "2014-12-11 08:00",
		title: "Został tydzień na zgłoszenie inicjatywy. Najczęstsze pytania",
		lead:  "Czy trzeba być stowarzyszeniem, czy liczy się praca mieszkańców i dlaczego sam e-mail nie wystarczy.",
		text:  "przypomnienie.md",
		tags:  []string{"konkurs", "inicjatywa lokalna"},
		goals: []string{residents},
		picture: &picture{calendar, "kalendarz.png",
			"Rysunek: kartka z kalendarza na grudzień. Pierwsze dziesięć dni jest przekreślonych, a czwartek osiemnastego zaznaczony trójkątem mieszkańców.",
			""},
	},
	{
		programme: main, author: editor, body: forum, written: "2014-12-04 16:10",
		title: "Panel ekspercki 12 i 13 marca: zapiszcie datę",
		lead:  "Dwa dni w Rybniku o dobrych praktykach i o zlecaniu usług publicznych organizacjom.",
		text:  "panel.md",
		tags:  []string{"panel ekspercki"},
		goals: []string{spread},
	},
	{
		programme: clubs, author: clubEditor, body: villages, written: "2014-10-02 18:00", publish: "2014-10-03 07:30",
		title:  "Pierwszy klub otworzył drzwi w remizie",
		lead:   "W Dąbrówce Rudzkiej klucz wisi w trzech miejscach, a w zeszycie są już cztery pomysły.",
		text:   "pierwszy-klub.md",
		tags:   []string{"kluby", "dyżury"},
		places: []string{"2415052"},
		goals:  []string{open, meet},
		picture: &picture{village, "klub.png",
			"Rysunek: wieczór we wsi pod wzgórzami. W jednym domu palą się światła, a przed drzwiami stoją kwadrat, koło, trójkąt i romb.",
			""},
	},
	{
		programme: clubs, author: clubManager, body: villages, written: "2014-11-17 17:00", publish: "2014-11-17 18:00",
		title: "Jak założyć klub w swojej wsi: pięć kroków",
		lead:  "Trzy kluby działają, trzy jeszcze szukają sali. Spisaliśmy, od czego zacząć.",
		text:  "jak-zalozyc.md",
		tags:  []string{"kluby", "poradnik"},
		goals: []string{open},
	},
	{
		programme: clubs, author: clubEditor, body: villages, written: "2014-11-18 09:00", publish: "2014-11-18 09:00",
		title: "Spotkanie dyżurnych 29 listopada",
		lead:  "O ogrzewaniu zimą i o dzieleniu się dyżurami.",
		text:  "spotkanie.md",
		tags:  []string{"kluby", "dyżury"},
		goals: []string{meet},

		withdrawn: "2014-11-26 12:00", reason: "Spotkanie odwołane: w domu kultury pękła rura. Nowy termin podamy w styczniu.",
	},
}
