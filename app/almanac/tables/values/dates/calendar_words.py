"""Names of months, weekdays and parts of dates in plain letters, from the Unicode CLDR.

Written by ``python -m tests.tables.values.dates.cldr``: change that, not this.
"""

from __future__ import annotations

# From January to December, and from Monday to Sunday; one line for each way of a language to name them.
MONTHS = """
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep oct nov dec
januar februar marz april mai juni juli august september oktober november dezember
jan feb mar apr mai jun jul aug sep okt nov dez
jan feb marz apr mai juni juli aug sept okt nov dez
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
janv fevr mars avr mai juin juil aout sept oct nov dec
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago sept oct nov dic
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen feb mar apr mag giu lug ago set ott nov dic
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
jan fev mar abr mai jun jul ago set out nov dez
januari februari maart april mei juni juli augustus september oktober november december
jan feb mrt apr mei jun jul aug sep okt nov dec
januari februari mars april maj juni juli augusti september oktober november december
jan feb mars apr maj juni juli aug sep okt nov dec
januar februar marts april maj juni juli august september oktober november december
jan feb mar apr maj jun jul aug sep okt nov dec
januar februar mars april mai juni juli august september oktober november desember
jan feb mar apr mai jun jul aug sep okt nov des
jan feb mars apr mai juni juli aug sep okt nov des
tammikuu helmikuu maaliskuu huhtikuu toukokuu kesakuu heinakuu elokuu syyskuu lokakuu marraskuu joulukuu
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
tammi helmi maalis huhti touko kesa heina elo syys loka marras joulu
januar februar mars april mai juni juli agust september oktober november desember
jan feb mar apr mai jun jul agu sep okt nov des
jaanuar veebruar marts aprill mai juuni juuli august september oktoober november detsember
jaan veebr marts apr mai juuni juuli aug sept okt nov dets
janvaris februaris marts aprilis maijs junijs julijs augusts septembris oktobris novembris decembris
janv febr marts apr maijs jun jul aug sept okt nov dec
sausis vasaris kovas balandis geguze birzelis liepa rugpjutis rugsejis spalis lapkritis gruodis
sausio vasario kovo balandzio geguzes birzelio liepos rugpjucio rugsejo spalio lapkricio gruodzio
saus vas kov bal geg birz liep rugp rugs spal lapkr gruod
styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien
stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
sty lut mar kwi maj cze lip sie wrz paz lis gru
leden unor brezen duben kveten cerven cervenec srpen zari rijen listopad prosinec
ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince
- uno bre dub kve cvn cvc srp zar rij lis -
januar februar marec april maj jun jul august september oktober november december
januara februara marca aprila maja juna jula augusta septembra oktobra novembra decembra
januar februar marec april maj junij julij avgust september oktober november december
jan feb mar apr maj jun jul avg sep okt nov dec
januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december
jan febr marc apr maj jun jul aug szept okt nov dec
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
ian feb mar apr mai iun iul aug sept oct nov dec
ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
oca sub mar nis may haz tem agu eyl eki kas ara
ιανουαριος φεβρουαριος μαρτιος απριλιος μαιος ιουνιος ιουλιος αυγουστος σεπτεμβριος οκτωβριος νοεμβριος δεκεμβριος
ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου οκτωβριου νοεμβριου δεκεμβριου
ιαν φεβ μαρ απρ μαι ιουν ιουλ αυγ σεπ οκτ νοε δεκ
январь февраль март апрель маи июнь июль август сентябрь октябрь ноябрь декабрь
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
янв февр март апр маи июнь июль авг сент окт нояб дек
янв февр мар апр мая июн июл авг сент окт нояб дек
січень лютии березень квітень травень червень липень серпень вересень жовтень листопад грудень
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
січ лют бер квіт трав черв лип серп вер жовт лист груд
януари февруари март април маи юни юли август септември октомври ноември декември
яну фев март апр маи юни юли авг сеп окт ное дек
gener febrer marc abril maig juny juliol agost setembre octubre novembre desembre
gen febr marc abr maig juny jul - set oct nov des
urtarrila otsaila martxoa apirila maiatza ekaina uztaila abuztua iraila urria azaroa abendua
urt ots mar api mai eka uzt abu ira urr aza abe
xaneiro febreiro marzo abril maio xuno xullo agosto setembro outubro novembro decembro
xan feb mar abr maio xuno xul ago set out nov dec
januari februari maret april mei juni juli agustus september oktober november desember
jan feb mar apr mei jun jul agu sep okt nov des
一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月
"""

THAI_MONTHS = """
มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.
"""

WEEKDAYS = """
monday tuesday wednesday thursday friday saturday sunday
mon tue wed thu fri sat sun
mo tu we th fr sa su
montag dienstag mittwoch donnerstag freitag samstag sonntag
mo di mi do fr sa so
lundi mardi mercredi jeudi vendredi samedi dimanche
lun mar mer jeu ven sam dim
lu ma me je ve sa di
lunes martes miercoles jueves viernes sabado domingo
lun mar mie jue vie sab dom
lu ma mi ju vi sa do
lunedi martedi mercoledi giovedi venerdi sabato domenica
lun mar mer gio ven sab dom
segunda-feira terca-feira quarta-feira quinta-feira sexta-feira sabado domingo
seg ter qua qui sex sab dom
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
ma di wo do vr za zo
mandag tisdag onsdag torsdag fredag lordag sondag
man tis ons tors fre lor son
ma ti on to fr lo so
mandag tirsdag onsdag torsdag fredag lordag sondag
man tirs ons tors fre lor son
man tir ons tor fre lor son
mandag tysdag onsdag torsdag fredag laurdag sondag
ma ty on to fr la so
maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai
maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina
ma ti ke to pe la su
manudagur þriðjudagur miðvikudagur fimmtudagur fostudagur laugardagur sunnudagur
man þri mið fim fos lau sun
ma þr mi fi fo la su
esmaspaev teisipaev kolmapaev neljapaev reede laupaev puhapaev
pirmdiena otrdiena tresdiena ceturtdiena piektdiena sestdiena svetdiena
pirmd otrd tresd ceturtd piektd sestd svetd
pr ot tr ce pk se sv
pirmadienis antradienis treciadienis ketvirtadienis penktadienis sestadienis sekmadienis
pr an tr kt pn st sk
poniedzialek wtorek sroda czwartek piatek sobota niedziela
pon wt sr czw pt sob niedz
pon wto sro czw pia sob nie
pondeli utery streda ctvrtek patek sobota nedele
po ut st ct pa so ne
pondelok utorok streda stvrtok piatok sobota nedela
po ut st st pi so ne
ponedeljek torek sreda cetrtek petek sobota nedelja
pon tor sre cet pet sob ned
hetfo kedd szerda csutortok pentek szombat vasarnap
luni marti miercuri joi vineri sambata duminica
lun mar mie joi vin sam dum
lu ma mi joi vi sa du
pazartesi sali carsamba persembe cuma cumartesi pazar
pzt sal car per cum cmt paz
pt sa ca pe cu ct pa
δευτερα τριτη τεταρτη πεμπτη παρασκευη σαββατο κυριακη
δευ τρι τετ πεμ παρ σαβ κυρ
δε τρ τε πε πα σα κυ
понедельник вторник среда четверг пятница суббота воскресенье
пн вт ср чт пт сб вс
понеділок вівторок середа четвер пʼятниця субота неділя
пн вт ср чт пт сб нд
понеделник вторник сряда четвъртък петък събота неделя
dilluns dimarts dimecres dijous divendres dissabte diumenge
dl dt dc dj dv ds dg
astelehena asteartea asteazkena osteguna ostirala larunbata igandea
al ar az og or lr ig
luns martes mercores xoves venres sabado domingo
luns mar mer xov ven sab dom
lu ma me xo ve sa do
senin selasa rabu kamis jumat sabtu minggu
sen sel rab kam jum sab min
月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日
月 火 水 木 金 土 日
星期一 星期二 星期三 星期四 星期五 星期六 星期日
周一 周二 周三 周四 周五 周六 周日
월요일 화요일 수요일 목요일 금요일 토요일 일요일
월 화 수 목 금 토 일
"""

PARTS = {
    "year": """
        aasta aastad aastat an ani anni anno ano anos ans any anys ar ev gadi gads gadu jaar jahr jahre lat
        lata let leta leti leto metai metu rok roka rokov roku roky tahun urte urteak vuodet vuosi vuotta
        year years yil ετη ετος год года година години годы лет роки року років рік 년 年
    """,
    "quarter": """
        arsfjorðungar arsfjorðungur cetrtletij cetrtletja cetrtletje cetrtletji ceturksna ceturksni
        ceturksnis ceyrek ctvrtleti ketvirciai ketvircio ketvirciu ketvirtis kuartal kvartal kvartaler
        kvartalid kvartalit kwartaal kwartal kwartalen kwartalow kwartalu kwartaly laurden laurdenak
        negyedev neljannekset neljannes neljannesta quartal quartale quarter quarters stvrtrok stvrtroka
        stvrtrokov stvrtroky trimestre trimestres trimestri trimestru τεταρτα τεταρτο квартал квартала
        квартали кварталов кварталу кварталы кварталів тримесечие тримесечия 분기 四半期 季 季度
    """,
    "month": """
        ay bulan hilabete hilabeteak honap kuu kuud kuukaudet kuukausi kuukautta luna luni maand maanden
        manad manadar manader maned maneder manuðir manuður menesi menesiai menesio menesis menesiu menesu
        menuo mes mese mesec meseca mesecev meseci meses mesi mesiac mesiaca mesiace mesiacov mesic mesice
        mesicu mesos miesiac miesiaca miesiace miesiecy mois monat monate month months μηνας μηνες месец
        месеца месеци месяц месяца месяцев месяцы місяць місяця місяці місяців 개월 か月 个月
    """,
    "week": """
        aste asteak hafta het minggu nadal nadalad nadalat nedela nedelas nedelu saptamana saptamani
        savaiciu savaite savaites semaine semaines semana semanas setmana setmanes settimana settimane teden
        tedna tedni tednov tyden tydne tydnu tydny tydzien tygodni tygodnia tygodnie tyzden tyzdna tyzdne
        tyzdnov uge uger uke uker vecka veckor veke veker viikko viikkoa viikot vika vikur week weeks weken
        woche wochen εβδομαδα εβδομαδες недели недель неделя седмица седмици тиждень тижня тижні тижнів 주 周
        週間
    """,
    "day": """
        dag dagar dage dagen dagur dan day days den dia dias diena dienas dienos dienu dies dna dne dneva
        dni dnia dnu dny dogn dygn dzien egun egunak giorni giorno gun hari jour jours nap oopaev oopaeva
        oopaevad paiva paivaa paivat tag tage zi zile ημερα ημερες ден день днеи дни дня дні днів 일 天 日
    """,
    "hour": """
        godzin godzina godziny heure heures hodin hodina hodiny hora horas hores hour hours jam klukkustund
        klukkustundir ora ordu orduak ore saat stunda stundas stunde stunden stundu timar time timer timmar
        timme tund tundi tunnid tunnit tunti tuntia ur ura ure uri uur valanda valandos valandu ωρα ωρες
        годин година години час часа часов часове часы 시간 小时 時間
    """,
    "minute": """
        dakika menit minuciu minusu minut minuta minute minuten minuter minutes minuti minutid minutit
        minuto minutos minuts minutt minutter minutu minutuak minutur minuty minuut minuutit minuutti
        minuuttia perc λεπτα λεπτο минут минута минути минуты хвилин хвилина хвилини 분 分 分钟
    """,
    "second": """
        detik masodperc saniye second seconde seconden secondes secondi secondo seconds secunda secunde
        segon segons segundo segundoak segundos sekund sekunda sekunde sekunden sekunder sekundes sekundi
        sekundid sekundit sekundur sekundy sekundziu sekunnit sekunti sekuntia sekunzu δευτερολεπτα
        δευτερολεπτο секунд секунда секунди секунды 초 秒 秒钟
    """,
}
