"""Names of countries and larger areas in nine languages, in plain letters, from the Unicode CLDR.

Written by ``python -m tests.tables.columns.territories``: change that, not this.
"""

from __future__ import annotations

# One line for each: codes of two and three letters, and names.
TERRITORIES = """
ad,and,andorra,andorre,andora
ae,are,united arab emirates,vereinigte arabische emirate,emirats arabes unis,emiratos arabes unidos,emirati arabi uniti,emirados arabes unidos,verenigde arabische emiraten,zjednoczone emiraty arabskie,forenade arabemiraten
af,afg,afghanistan,afganistan,afeganistao
ag,atg,antigua & barbuda,antigua und barbuda,antigua et barbuda,antigua y barbuda,antigua e barbuda,antigua en barbuda,antigua i barbuda,antigua och barbuda
ai,aia,anguilla,anguila
al,alb,albania,albanien,albanie
am,arm,armenia,armenien,armenie
ao,ago,angola
aq,ata,antarctica,antarktis,antarctique,antartida,antartide,antarktyda
ar,arg,argentina,argentinien,argentine,argentinie,argentyna
as,asm,american samoa,amerikanisch samoa,samoa americaines,samoa americana,samoa americane,amerikaans samoa,samoa amerykanskie,amerikanska samoa
at,aut,austria,osterreich,autriche,oostenrijk,osterrike
au,aus,australia,australien,australie
aw,abw,aruba
ax,ala,aland islands,alandinseln,iles aland,islas aland,isole aland,ilhas aland,aland,wyspy alandzkie
az,aze,azerbaijan,aserbaidschan,azerbaidjan,azerbaiyan,azerbaigian,azerbaijao,azerbeidzjan,azerbejdzan,azerbajdzjan
ba,bih,bosnia & herzegovina,bosnien und herzegowina,bosnie herzegovine,bosnia y herzegovina,bosnia ed erzegovina,bosnia e herzegovina,bosnie en herzegovina,bosnia i hercegowina,bosnien och hercegovina
bb,brb,barbados,barbade
bd,bgd,bangladesh,bangladesch,banglades,bangladesz
be,bel,belgium,belgien,belgique,belgica,belgio,belgie,belgia
bf,bfa,burkina faso,burquina faso
bg,blg,bulgaria,bulgarien,bulgarie,bulgarije
bh,bah,bahrain,bahrein,barein,bahrajn
bi,bdi,burundi
bj,ben,benin
bl,blm,st barthelemy,saint barthelemy,san bartolome,sao bartolomeu,s:t barthelemy
bm,bmu,bermuda,bermudes,bermudas,bermudy
bn,brn,brunei,brunei darussalam
bo,bol,bolivia,bolivien,bolivie,boliwia
bq,bes,caribbean netherlands,karibische niederlande,pays bas caribeens,caribe neerlandes,caraibi olandesi,paises baixos caribenhos,caribisch nederland,niderlandy karaibskie,karibiska nederlanderna
br,bra,brazil,brasilien,bresil,brasil,brasile,brazilie,brazylia
bs,bhs,bahamas,bahama’s,bahamy
bt,btn,bhutan,bhoutan,butan,butao
bv,bvt,bouvet island,bouvetinsel,ile bouvet,isla bouvet,isola bouvet,ilha bouvet,bouveteiland,wyspa bouveta,bouveton
bw,bwa,botswana,botsuana
by,blr,belarus,bielorussie,bielorrusia,bielorussia,bielorrussia,bialorus
bz,blz,belize,belice
ca,can,canada,kanada
cc,cck,cocos (keeling) islands,kokosinseln,iles cocos,islas cocos,isole cocos (keeling),ilhas cocos (keeling),cocoseilanden,wyspy kokosowe,kokosoarna
cd,cod,congo kinshasa,kongo kinshasa,republica democratica del congo,demokratyczna republika konga
cf,caf,central african republic,zentralafrikanische republik,republique centrafricaine,republica centroafricana,repubblica centrafricana,republica centro africana,centraal afrikaanse republiek,republika srodkowoafrykanska,centralafrikanska republiken
cg,cog,congo brazzaville,kongo brazzaville,congo,republica do congo,kongo
ch,che,switzerland,schweiz,suisse,suiza,svizzera,suica,zwitserland,szwajcaria
ci,civ,cote d’ivoire,costa d’avorio,costa do marfim,ivoorkust,elfenbenskusten
ck,cok,cook islands,cookinseln,iles cook,islas cook,isole cook,ilhas cook,cookeilanden,wyspy cooka,cookoarna
cl,chl,chile,chili,cile
cm,cmr,cameroon,kamerun,cameroun,camerun,camaroes,kameroen
cn,chn,china,chine,cina,chiny,kina
co,col,colombia,kolumbien,colombie,kolumbia
cr,cri,costa rica,kostaryka
cu,cub,cuba,kuba
cv,cpv,cape verde,cabo verde,cap vert,capo verde,kaapverdie,republika zielonego przyladka,kap verde
cw,cuw,curacao,curazao
cx,cxr,christmas island,weihnachtsinsel,ile christmas,isla de navidad,isola christmas,ilha christmas,christmaseiland,wyspa bozego narodzenia,julon
cy,cyp,cyprus,zypern,chypre,chipre,cipro,cypr,cypern
cz,cze,czech republic,czechia,tschechien,tchequie,chequia,cechia,tchequia,tsjechie,czechy,tjeckien
de,deu,germany,deutschland,allemagne,alemania,germania,alemanha,duitsland,niemcy,tyskland
dj,dji,djibouti,dschibuti,yibuti,gibuti,djibuti,dzibuti
dk,dnk,denmark,danemark,dinamarca,danimarca,denemarken,dania,danmark
dm,dma,dominica,dominique,dominika
do,dom,dominican republic,dominikanische republik,republique dominicaine,republica dominicana,repubblica dominicana,dominicaanse republiek,dominikana,dominikanska republiken
dz,dza,algeria,algerien,algerie,argelia,algerije,algieria,algeriet
ec,ecu,ecuador,equateur,equador,ekwador
ee,est,estonia,estland,estonie
eg,egy,egypt,agypten,egypte,egipto,egitto,egito,egipt,egypten
eh,esh,western sahara,westsahara,sahara occidental,sahara occidentale,saara ocidental,westelijke sahara,sahara zachodnia,vastsahara
er,eri,eritrea,erythree,eritreia,erytrea
es,esp,spain,spanien,espagne,espana,spagna,espanha,spanje,hiszpania
et,eth,ethiopia,athiopien,ethiopie,etiopia,etiopien
fi,fin,finland,finnland,finlande,finlandia
fj,fji,fiji,fidschi,fidji,fiyi,figi,fidzi
fk,flk,falkland islands,falklandinseln,iles malouines,islas malvinas,isole falkland,ilhas malvinas,falklandeilanden,falklandy,falklandsoarna
fm,fsm,micronesia,mikronesien,micronesie,mikronezja
fo,fro,faroe islands,faroer,iles feroe,islas feroe,isole faer oer,ilhas faroe,faeroer,wyspy owcze,faroarna
fr,fra,france,frankreich,francia,franca,frankrijk,francja,frankrike
ga,gab,gabon,gabun,gabao
gb,gbr,uk,great britain,united kingdom,vereinigtes konigreich,royaume uni,reino unido,regno unito,verenigd koninkrijk,wielka brytania,storbritannien
gd,grd,grenada,grenade,granada
ge,geo,georgia,georgien,georgie,gruzja
gf,guf,french guiana,franzosisch guayana,guyane francaise,guayana francesa,guyana francese,guiana francesa,frans guyana,gujana francuska,franska guyana
gg,ggy,guernsey,guernesey
gh,gha,ghana,gana
gi,gib,gibraltar,gibilterra
gl,grl,greenland,gronland,groenland,groenlandia,grenlandia
gm,gmb,gambia,gambie
gn,gin,guinea,guinee,guine,gwinea
gp,glp,guadeloupe,guadalupe,guadalupa,gwadelupa
gq,gnq,equatorial guinea,aquatorialguinea,guinee equatoriale,guinea ecuatorial,guinea equatoriale,guine equatorial,equatoriaal guinea,gwinea rownikowa,ekvatorialguinea
gr,grc,el,greece,griechenland,grece,grecia,griekenland,grecja,grekland
gs,sgs,south georgia & south sandwich islands,sudgeorgien und die sudlichen sandwichinseln,georgie du sud et les iles sandwich du sud,islas georgia del sur y sandwich del sur,georgia del sud e sandwich australi,ilhas georgia do sul e sandwich do sul,zuid georgia en zuidelijke sandwicheilanden,georgia poludniowa i sandwich poludniowy,sydgeorgien och sydsandwichoarna
gt,gua,guatemala,gwatemala
gu,gum,guam
gw,gnb,guinea bissau,guinee bissau,guinea bisau,guine bissau,gwinea bissau
gy,guy,guyana,guiana,gujana
hk,hkg,hong kong sar china,sonderverwaltungsregion hongkong,ras chinoise de hong kong,rae de hong kong (china),ras di hong kong,hong kong rae da china,hongkong sar van china,sra hongkong (chiny),hongkong sar
hm,hmd,heard island & mcdonald islands,heard und mcdonaldinseln,iles heard et macdonald,islas heard y mcdonald,isole heard e mcdonald,ilhas heard e mcdonald,heard en mcdonaldeilanden,wyspy heard i mcdonalda,heardon och mcdonaldoarna
hn,hnd,honduras
hr,hrv,croatia,kroatien,croatie,croacia,croazia,kroatie,chorwacja
ht,hti,haiti
hu,hun,hungary,ungarn,hongrie,hungria,ungheria,hongarije,wegry,ungern
id,idn,indonesia,indonesien,indonesie,indonezja
ie,irl,ireland,irland,irlande,irlanda,ierland,irlandia
il,isr,israel,israele,izrael
im,imn,isle of man,ile de man,isla de man,isola di man,ilha de man,wyspa man
in,ind,india,indien,inde,indie
io,iot,british indian ocean territory,britisches territorium im indischen ozean,territoire britannique de l’ocean indien,territorio britanico del oceano indico,territorio britannico dell’oceano indiano,territorio britanico do oceano indico,brits indische oceaanterritorium,brytyjskie terytorium oceanu indyjskiego,brittiska territoriet i indiska oceanen
iq,irq,iraq,irak,iraque
ir,irn,iran,ira
is,isl,iceland,island,islande,islandia,islanda,ijsland
it,ita,italy,italien,italie,italia,wlochy
je,jey,jersey
jm,jam,jamaica,jamaika,jamaique,giamaica,jamajka
jo,jor,jordan,jordanien,jordanie,jordania,giordania
jp,jpn,japan,japon,giappone,japao,japonia
ke,ken,kenya,kenia,quenia
kg,kgz,kyrgyzstan,kirgisistan,kirghizstan,kirguistan,kirghizistan,quirguistao,kirgizie,kirgistan,kirgizistan
kh,khm,cambodia,kambodscha,cambodge,camboya,cambogia,camboja,cambodja,kambodza,kambodja
ki,kir,kiribati,quiribati
km,com,comoros,komoren,comores,comoras,comore,comoren,komory,komorerna
kn,kna,st kitts & nevis,st kitts und nevis,saint christophe et nieves,san cristobal y nieves,saint kitts e nevis,sao cristovao e nevis,saint kitts en nevis,saint kitts i nevis,s:t kitts och nevis
kp,prk,north korea,nordkorea,coree du nord,corea del norte,corea del nord,coreia do norte,noord korea,korea polnocna
kr,kor,south korea,sudkorea,coree du sud,corea del sur,corea del sud,coreia do sul,zuid korea,korea poludniowa,sydkorea
kw,kwt,kuwait,koweit,koeweit,kuwejt
ky,cym,cayman islands,kaimaninseln,iles caimans,islas caiman,isole cayman,ilhas cayman,kaaimaneilanden,kajmany,caymanoarna
kz,kaz,kazakhstan,kasachstan,kazajistan,kazakistan,cazaquistao,kazachstan,kazakstan
la,lao,laos
lb,lbn,lebanon,libanon,liban,libano
lc,lca,st lucia,sainte lucie,santa lucia,saint lucia,s:t lucia
li,lie,liechtenstein
lk,lka,sri lanka
lr,lbr,liberia
ls,lso,lesotho,lesoto
lt,ltu,lithuania,litauen,lituanie,lituania,litouwen,litwa
lu,lux,luxembourg,luxemburg,luxemburgo,lussemburgo,luksemburg
lv,lva,latvia,lettland,lettonie,letonia,lettonia,letland,lotwa
ly,lby,libya,libyen,libye,libia,libie
ma,mor,morocco,marokko,maroc,marruecos,marocco,marrocos,maroko,marocko
mc,mco,monaco,monako
md,mda,moldova,republik moldau,moldavie,moldavia,moldawia,moldavien
me,mne,montenegro,czarnogora
mf,maf,st martin,saint martin,san martin,sao martinho
mg,mdg,madagascar,madagaskar
mh,mhl,marshall islands,marshallinseln,iles marshall,islas marshall,isole marshall,ilhas marshall,marshalleilanden,wyspy marshalla,marshalloarna
mk,mkd,north macedonia,nordmazedonien,macedoine du nord,macedonia del norte,macedonia del nord,macedonia do norte,noord macedonie,macedonia polnocna,nordmakedonien
ml,mli,mali
mm,mmr,myanmar (burma),myanmar,myanmar (birmanie),myanmar (birmania),mianmar (birmania),myanmar (birma),mjanma (birma)
mn,mng,mongolia,mongolei,mongolie,mongoliet
mo,mac,macao sar china,sonderverwaltungsregion macau,ras chinoise de macao,rae de macao (china),ras di macao,macau rae da china,macau sar van china,sra makau (chiny),macao sar
mp,mnp,northern mariana islands,nordliche marianen,iles mariannes du nord,islas marianas del norte,isole marianne settentrionali,ilhas marianas do norte,noordelijke marianen,mariany polnocne,nordmarianerna
mq,mtq,martinique,martinica,martynika
mr,mrt,mauritania,mauretanien,mauritanie,mauretania
ms,msr,montserrat
mt,mlt,malta,malte
mu,mus,mauritius,maurice,mauricio
mv,mdv,maldives,malediven,maldivas,maldive,maldiven,malediwy,maldiverna
mw,mwi,malawi,malaui
mx,mex,mexico,mexiko,mexique,messico,meksyk
my,mys,malaysia,malaisie,malasia,maleisie,malezja
mz,moz,mozambique,mosambik,mozambico,mocambique,mozambik
na,nam,namibia,namibie
nc,ncl,new caledonia,neukaledonien,nouvelle caledonie,nueva caledonia,nuova caledonia,nova caledonia,nieuw caledonie,nowa kaledonia,nya kaledonien
ne,ner,niger
nf,nfk,norfolk island,norfolkinsel,ile norfolk,isla norfolk,isola norfolk,ilha norfolk,norfolk,norfolkon
ng,nga,nigeria
ni,nic,nicaragua,nikaragua
nl,nld,netherlands,niederlande,pays bas,paises bajos,paesi bassi,paises baixos,nederland,holandia,nederlanderna
no,nor,norway,norwegen,norvege,noruega,norvegia,noorwegen,norwegia,norge
np,npl,nepal
nr,nru,nauru
nu,niu,niue
nz,nzl,new zealand,neuseeland,nouvelle zelande,nueva zelanda,nuova zelanda,nova zelandia,nieuw zeeland,nowa zelandia,nya zeeland
om,omn,oman,oma
pa,pan,panama
pe,per,peru,perou
pf,pyf,french polynesia,franzosisch polynesien,polynesie francaise,polinesia francesa,polinesia francese,frans polynesie,polinezja francuska,franska polynesien
pg,png,papua new guinea,papua neuguinea,papouasie nouvelle guinee,papua nueva guinea,papua nuova guinea,papua nova guine,papoea nieuw guinea,papua nowa gwinea,papua nya guinea
ph,phl,philippines,philippinen,filipinas,filippine,filipijnen,filipiny,filippinerna
pk,pak,pakistan,paquistao
pl,pol,poland,polen,pologne,polonia,polska
pm,spm,st pierre & miquelon,st pierre und miquelon,saint pierre et miquelon,san pedro y miquelon,saint pierre e miquelon,sao pedro e miquelao,saint pierre en miquelon,saint pierre i miquelon,s:t pierre och miquelon
pn,pcn,pitcairn islands,pitcairninseln,iles pitcairn,islas pitcairn,isole pitcairn,ilhas pitcairn,pitcairneilanden,pitcairn,pitcairnoarna
pr,pri,puerto rico,porto rico,portorico,portoryko
ps,pse,palestinian territories,palastinensische autonomiegebiete,territoires palestiniens,territorios palestinos,territori palestinesi,palestijnse gebieden,terytoria palestynskie,palestinska territorierna
pt,prt,portugal,portogallo,portugalia
pw,plw,palau,palaos
py,pry,paraguay,paraguai,paragwaj
qa,qat,qatar,katar,catar
re,reu,reunion,la reunion,riunione,reuniao
ro,rou,romania,rumanien,roumanie,rumania,romenia,roemenie,rumunia
rs,srb,serbia,serbien,serbie,servia,servie
ru,rus,russia,russland,russie,rusia,rusland,rosja,ryssland
rw,rwa,rwanda,ruanda
sa,sau,saudi arabia,saudi arabien,arabie saoudite,arabia saudi,arabia saudita,saoedi arabie,arabia saudyjska,saudiarabien
sb,slb,solomon islands,salomonen,iles salomon,islas salomon,isole salomone,ilhas salomao,salomonseilanden,wyspy salomona,salomonoarna
sc,syc,seychelles,seychellen,seicheles,seszele,seychellerna
sd,sdn,sudan,soudan,sudao,soedan
se,swe,sweden,schweden,suede,suecia,svezia,zweden,szwecja,sverige
sg,sgp,singapore,singapur,singapour,singapura
sh,shn,st helena ascension & tristan da cunha,st helena,sainte helene,santa elena,sant’elena,santa helena,sint helena,wyspa swietej heleny,s:t helena
si,svn,slovenia,slowenien,slovenie,eslovenia,slowenia,slovenien
sj,sjm,svalbard & jan mayen,spitzbergen und jan mayen,svalbard et jan mayen,svalbard y jan mayen,svalbard e jan mayen,spitsbergen en jan mayen,svalbard i jan mayen,svalbard och jan mayen
sk,svk,slovakia,slowakei,slovaquie,eslovaquia,slovacchia,slowakije,slowacja,slovakien
sl,sle,sierra leone,sierra leona,serra leoa
sm,smr,san marino,saint marin
sn,sen,senegal
so,som,somalia,somalie
sr,sur,suriname,surinam
ss,ssd,south sudan,sudsudan,soudan du sud,sudan del sur,sud sudan,sudao do sul,zuid soedan,sudan poludniowy,sydsudan
st,stp,sao tome & principe,sao tome und principe,sao tome et principe,santo tome y principe,sao tome e principe,sao tome en principe,wyspy swietego tomasza i ksiazeca,sao tome och principe
sv,slv,el salvador,salvador,salwador
sx,sxm,sint maarten,saint martin (partie neerlandaise)
sy,syr,syria,syrien,syrie,siria
sz,szw,eswatini,esuatini,essuatini
tc,tca,turks & caicos islands,turks und caicosinseln,iles turques et caiques,islas turcas y caicos,isole turks e caicos,ilhas turcas e caicos,turks en caicoseilanden,turks i caicos,turks och caicosoarna
td,tcd,chad,tschad,tchad,ciad,chade,tsjaad,czad
tf,atf,french southern and antarctic lands,franzosische sud und antarktisgebiete,terres australes francaises,territorios australes franceses,terre australi francesi,territorios franceses do sul,franse gebieden in de zuidelijke indische oceaan,francuskie terytoria poludniowe i antarktyczne,franska sydterritorierna
tg,tgo,togo
th,tha,thailand,thailande,tailandia,thailandia,tajlandia
tj,tjk,tajikistan,tadschikistan,tadjikistan,tayikistan,tagikistan,tadjiquistao,tadzjikistan,tadzykistan
tk,tkl,tokelau,tokelauoarna
tl,tls,timor leste,timor oriental,timor est,oost timor,timor wschodni,osttimor
tm,tkm,turkmenistan,turcomenistao
tn,tun,tunisia,tunesien,tunisie,tunez,tunesie,tunezja,tunisien
to,ton,tonga
tr,tur,turkey,turkiye,turkei,turquie,turquia,turchia,turkije,turcja,turkiet
tt,tto,trinidad & tobago,trinidad und tobago,trinite et tobago,trinidad y tobago,trinidad e tobago,trinidad en tobago,trynidad i tobago,trinidad och tobago
tv,tuv,tuvalu
tw,twn,taiwan,tajwan
tz,tza,tanzania,tansania,tanzanie
ua,ukr,ukraine,ucrania,ucraina,oekraine,ukraina
ug,uga,uganda,ouganda,oeganda
um,umi,us outlying islands,amerikanische uberseeinseln,iles mineures eloignees des etats unis,islas menores alejadas de ee uu,isole minori esterne degli stati uniti,ilhas menores distantes dos eua,kleine afgelegen eilanden van de verenigde staten,dalekie wyspy mniejsze stanow zjednoczonych,usa:s yttre oar
us,usa,united states of america,united states,vereinigte staaten,etats unis,estados unidos,stati uniti,verenigde staten,stany zjednoczone
uy,ury,uruguay,uruguai,urugwaj
uz,uzb,uzbekistan,usbekistan,ouzbekistan,uzbequistao,oezbekistan
va,vat,vatican city,vatikanstadt,etat de la cite du vatican,ciudad del vaticano,citta del vaticano,cidade do vaticano,vaticaanstad,watykan,vatikanstaten
vc,vct,st vincent & grenadines,st vincent und die grenadinen,saint vincent et les grenadines,san vicente y las granadinas,saint vincent e grenadine,sao vicente e granadinas,saint vincent en de grenadines,saint vincent i grenadyny,s:t vincent och grenadinerna
ve,ven,venezuela,wenezuela
vg,vgb,british virgin islands,britische jungferninseln,iles vierges britanniques,islas virgenes britanicas,isole vergini britanniche,ilhas virgens britanicas,britse maagdeneilanden,brytyjskie wyspy dziewicze,brittiska jungfruoarna
vi,vir,us virgin islands,amerikanische jungferninseln,iles vierges des etats unis,islas virgenes de ee uu,isole vergini americane,ilhas virgens americanas,amerikaanse maagdeneilanden,wyspy dziewicze stanow zjednoczonych,amerikanska jungfruoarna
vn,vnm,vietnam,viet nam,vietna,wietnam
vu,vtu,vanuatu
wf,wlf,wallis & futuna,wallis und futuna,wallis et futuna,wallis y futuna,wallis e futuna,wallis en futuna,wallis i futuna,wallis och futunaoarna
ws,wsm,samoa
xk,xkk,kosovo,kosowo
ye,yem,yemen,jemen,iemen
yt,myt,mayotte,majotta
za,zaf,south africa,sudafrika,afrique du sud,sudafrica,africa do sul,zuid afrika,republika poludniowej afryki,sydafrika
zm,zmb,zambia,sambia,zambie
zw,zwe,zimbabwe,simbabwe,zimbabue
"""
# The name in the program, and what it is called.
AREAS = """
world|world,welt,monde,mundo,mondo,wereld,swiat,varlden
europe|europe,europa
africa|africa,afrika,afrique,afryka
asia|asia,asien,asie,azie,azja
oceania|oceania,ozeanien,oceanie,oceanien
north america|north america,nordamerika,amerique du nord,america del norte,nord america,america do norte,noord amerika,ameryka polnocna
south america|south america,sudamerika,amerique du sud,sudamerica,america del sud,america do sul,zuid amerika,ameryka poludniowa,sydamerika
latin america|latin america,lateinamerika,amerique latine,latinoamerica,america latina,latijns amerika,ameryka lacinska,latinamerika
americas|americas,amerika,ameriques,america,americhe,ameryka,nord och sydamerika
eu|european union,europaische union,union europeenne,union europea,unione europea,uniao europeia,europese unie,unia europejska,europeiska unionen
euro area|eurozone,zone euro,zona del euro,eurozona,zona do euro,strefa euro,euroomradet
"""
