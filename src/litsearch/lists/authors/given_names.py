"""Tell given names of persons by the commonest of many countries, as data.

Two capital words may be a name, a town or a title; one of these in front says which. What they do
not have is told by initials, by "and", or by what stands around it.
"""

from __future__ import annotations

from litsearch.lists.phrases import word_set

_GIVEN = word_set(
    """
    aad aaron abdul abdullah abel abena abhishek abigail abraham ada adam adele adeyemi aditi
    aditya adnan adrian adriana adwait adwoa adéla agata agnes agnieszka ahmad ahmed ahmet aiko
    aino aisha ajay akihiro akiko akinori akira alain alan alba albert alberto albrecht alec
    alejandra alejandro aleksandr aleksandra aleksi alessandra alessandro alessio alex alexander
    alexandra alexandre alexandru alexei alexis alfred alfredo ali aliaksandr alice alicia alina
    alison alistair allison alois alvaro amadou amalia amanda amara amelia amelie amina amir
    amit amy ana anand anatole anders andrea andreas andrei andrej andrew andrey andrzej andré
    andy angela angelo angus anh anil anita anja anjali ankit ann anna anne anneke annette annie
    annika anthony antje antoine anton antonia antonio antti anu anya aoife arash arianna ariel
    arjun armando armin arnaud arne arno arnold arthur artur arturo arun arvid arvind asger asha
    ashley ashok asif astrid asuka atsushi attila audrey august augustin aurelio aurélie ava
    axel ayaka ayesha ayumi ayşe azra balázs barbara bart bartosz basil bastian beata beatrice
    beatriz ben benedict benita benjamin benoit berit bernard bernd bert berta bertrand beth
    bettina bianca bilal bill birgit birgitte birte björk björn boaz bob bogdan bogna boris
    boyan brad brandon brenda brendan brett brian bridget brigitte brit bruce bruno bryan burak
    bärbel caitlin calvin camila camille carl carla carlo carlos carmen carol caroline carsten
    caspar cassandra catalina catherine cathy cecilia cedric celia cesar chad chandra charles
    charlie charlotta charlotte cheikh chen chiara chidi chinedu chinua chloe chloé chris
    christian christina christine christof christoph christophe christopher chuck ciara cillian
    cindy claes claire clara clark claude claudia claudine claudio claus clemence clemens colin
    connor conrad constantin corinne cornelia cosmin craig cristian cristina curtis cynthia
    cyril cédric césar daan dag dagmar dale dalia damian damien dan dana daniel daniela daniele
    danielle danny daphne dario darius darren dave david davide dean deborah declan deepa deepak
    def deirdre delphine demetrios denis deniz dennis derek desmond despina detlef devika diana
    diane diego dieter dimitri dimitrios dimitris dina dirk dmitri dmitry dominic dominik
    dominika dominique donald donna dora dorian doris dorota dorothy doug douglas dragan dumitru
    duncan dylan ebru ed eddie edgar edgardo edith edmund eduardo edward edwin eero efua eileen
    eino eivind ekaterina ekow elaine eleanor elena eli elias elif elin elina elisa elisabeth
    elisabetta eliza elizabeth eliška elke ella ellen elliot elmar eloise els elsa emeka emil
    emilia emiliano emilie emilio emily emma emmanuel emmett emre enrico enrique enzo eric erica
    erich erik erika erin erling ernest ernestine ernesto ernst erwin esme esra esteban esther
    ethan eugene eugenia eugenio eun eva evan evangelos eve evelyn evgeny ewa ewelina ezgi ezra
    fabian fabien fabio fabrice fadi faisal farah farid fatih fatima fatma fatoumata fay
    federica federico felipe felix femi ferenc fergus fernanda fernande fernando fernão filip
    finn fiona flavio florian floris frances francesca francesco francis francisco franck
    francois frank franz françois fred frederic frederick fredrik freja freya frida frieda
    friedemann friedrich fritz frédéric fumiko gabriel gabriela gabriele gael gareth garrett
    gary gaurav gavin geert geoff geoffrey georg george georges gerald gerard gerd gerda gerhard
    gerrit gianni gideon gilbert gilles gina gioia giorgia giorgio giorgos giovanna giovanni
    gisela gitte giulia giuseppe glenn gonzalo gonçalo goran gordon grace graham grażyna greg
    gregor gregory greta grzegorz gudrun guido guillaume guillermo gulnara gunhild gunnar
    gunther gustaf gustav gustavo gábor hajime hakan halil halima hamid hanna hannah hannes hans
    harald harold harriet harriett harry haruka haruki harumi haruto hassan heather hedwig heidi
    heike hein heinrich heinz hela helen helena helene helga helmut henri henrik henry henryk
    herbert hermann hideo hiro hiroki hiroshi hiroto hoa holger hong horst howard hubert hugh
    hugo hussein hyun håkan hülya iain ian ibrahim ida idris ifeoma ignacio ignatius igor ikram
    ilias ilse ilya imre indira ines inge ingeborg ingo ingrid ingvar inácio inés inês ioana ion
    irena irene irina irma isaac isabel isabella isabelle isamu isidora ismail istván itai ivan
    ivana ivar ivo iwona izabela jaap jacek jack jackie jacob jacqueline jacques jad jadwiga jae
    jaime jake jakob jakub jamal james jamie jamila jan jana jane janek janet janice janine
    janusz jared jarek jari jarmo jarosław jasmine jason javier jay jean jeff jeffrey jelena jen
    jennifer jenny jens jeremy jeroen jerome jerry jerzy jesper jesse jessica jesús ji jill jim
    jin jing jiří jo joachim joan joana joanna joanne joao jochen joe joel joelle johan johann
    johanna johannes john johnny jon jonas jonatan jonathan jonna jordi joren jorge jorgen joris
    jose josef josefa josefina joseph josh joshua josip josé joão juan juana judith judy juha
    jukka jules julia julian juliana julie julien juliette julio jun jung jussi justin justine
    jutta jános jérôme jürg jürgen kaan kai kaisa kamal kamil kamila kaori karel karen karim
    karima karin karl karla karol karsten karthik kasper kate kateřina katharina katherine
    kathleen kathryn kathy kati katie katja katrin katsumi kavita kay kazuki kazuo kees keiko
    keith kelly ken kenji kenneth kenta kerry kerstin kevin khadija khaled kim kimberly kinga
    kiran kirsten kjell klaas klara klaus knut kofi kojo konrad konstantin kostas kristen
    kristian kristin kristina krzysztof kumar kurt kwabena kwame kwesi kyle lakshmi lale lamia
    lan lara lars lasse latifa laura lauren laurence laurens laurent lauri lawrence lea leah lee
    leena leif leila lena lene lenka leo leon leonard leonardo leonie leonora leopold leslie
    leszek lev leyla li liam lidia lieve lilia lilly lin lina linda lindsay linnea lionel lior
    lisa lise liu livia liz lois lola lorena lorenz lorenzo lothar lotte louis louise lourdes
    loïc luc luca lucas lucia luciana lucie lucy lucía ludmila ludwig luigi luis luisa luise
    lukas luke lukáš luz luís lydia lynn lászló maarten maciej maciek madeleine mads magda
    magdalena magnus mahmoud maike maja malcolm malika malte manfred manoj manon manuel manuela
    mara marc marcel marcela marcello marcelo marcin marco marcos marcus mareike marek margaret
    margarita margot maria marian mariana marianne marie marijn marina mario marion marisa marit
    mark marko markus marlene marlies marlon marta martha martin martina martín mary maryam
    marzena maría masahiro masato massimo mateo mathias mathieu mathilda mathilde matias matija
    mats matt matteo matthew matthias matthieu matyas matías maud maureen maurice mauricio mauro
    max maxim maxime maya maïté małgorzata meena meera megan mehdi mehmet mei mel melanie
    melissa mercedes merle merve mette mia michael michaela michal michaël michał michel michele
    michelle mieke miguel mihai mika mikael mike mikhail mikko miklós mikołaj milan milena
    milica milo min mina ming minh mirela miriam mirjam miroslav mirosław mitchell mohamed
    mohammad mohammed mohsen moira mona monica monika morgan moritz morten moses mounir moussa
    muhammad murat mustafa mónica nabil nadia nadine nadja naima nancy nao naoki naomi natalia
    natalie natasha nathan naveen neal neha neil nelson nenad nevena ngozi niamh nicholas nick
    nico nicola nicolas nicole nicolás niels nigel nikhil nikita niklas nikolai nikos nils nina
    nita nkechi noa noah noam noor nora noriko norman nour noémie ntombi octavia odile ola olaf
    ole oleg olena olga oliver olivia olivier olle olli oluwaseun omar omari ondřej orhan orla
    orsolya osamu oscar osei oskar osman ottilie otto oumar ove owen oya pablo palle paloma
    panagiotis paola paolo parisa pascal pasi patrice patricia patricio patrick patrik paul
    paula paulina pauline paulo pavel pavol paweł pedro peggy pekka penelope per petar pete
    peter petr petra petri phil philip philipp philippe phyllis pia pierre piet pietro pim piotr
    pooja pradeep prakash priscilla priya priyanka przemysław quentin rachel radek radu rafael
    rafał ragna ragnar rahul rainer raj rajesh ralf ralph ramesh ramon ramona ramón rana randy
    rania raoul raphael raquel rashid rasmus ravi raymond raúl rebeca rebecca regina reiko
    reinhard remco renata renate renaud rene rené reza rhiannon ria ricardo riccardo richard
    rick rikke rina rita rob robert roberta roberto robin rocco rodrigo roel rogelio roger rohan
    rohit roland rolf romain roman ron ronald roos rosa rosalie rosanna rosemary ross roxana roy
    ruben rubén rudolf rui rupert russell ruth ryan ryo ryszard rüdiger saadia sabine sabrina
    sachin sadia saeed sakura salim salma salome salvador sam samantha samir samira samuel
    samuele sandeep sandra sandro sandy sang sanjay sanna sanne santiago sara sarah saskia
    satoshi saul savita scott sean sebastian segun selena selim selma senna serena serge sergei
    sergey sergio serhii seth setsuko seung shane shannon sharon shawn sheila shinji shirin
    shota shreya sid siddharth siegfried sigrid sigurd silke silvia simon simona simone siobhan
    siri sneha sofia sofie sofía solveig sonal sonia sonja soo sophia sophie soren stacy stan
    stanisław stanley stefan stefania stefano steffen steffi stelios stella stephan stephane
    stephanie stephen steve steven stien stig stijn stuart sunil suresh susan susana susanna
    susanne suzanne sven svenja sverre svetlana swati sybille sylvia sylvie sébastien ségolène
    søren sławomir tabea tadashi tadeusz takashi takeshi takumi tamar tamara tamás tanya tapio
    tara tarek tariq taro tatiana ted teodor teresa tereza terje terry teun thandi thandiwe
    thanh theo theodor theodora theresa thiago thierry thomas thomás thorsten thérèse tiago tim
    timo timothy timur tina tjark tobi tobias todd tom tomas tomasz tomi tommaso tomoko tomás
    tomáš tony tor torben torbjörn tore torsten toshio tove tracy travis trine tristan trond
    tuan tunde tuomas tuva tuğba ugo ulf ulla ulrich ulrika ulrike umberto una urs ursula uta
    uwe valentin valentina valeria valerie valérie vanessa varun vasilis vasily veli vera verena
    veronica vesna vicky victor victoria viggo vijay vikas vikram viktor ville vincent vincenzo
    vinod vito vivek vivian vlad vladimir volker volkmar václav wael walter waltraud wanda
    warren wayne wei wenche wendy werner wiebke wiktor wilhelm willem william wim wojciech
    wolfgang wout xavier xenia ximena xin yael yann yannick yara yash yasir yasmin yasmine yasuo
    yaw yi yiannis ying yiğit yoko yolanda yosef yossi youssef yuan yuki yuko yulia yumi yuna
    yuri yusuf yusuke yuta yuval yves yvette yvonne zach zachary zahra zain zainab zara zbigniew
    zdeněk zeno zeynep zoe zofia zoltán zoran zoë zsolt zuzana álvaro ángel ángela åsa çağlar
    élise émilie éric étienne ömer özgür øystein ülkü łukasz şule александр алексей алина алла
    алёна анастасия анатолий андрей анна антон арсений артём борис вадим валентин валерий
    василий вера виктор виктория виталий владимир вячеслав галина георгий григорий дарья денис
    дмитрий евгений евгения екатерина елена иван игорь илья инна ирина карина кирилл константин
    ксения лариса лев леонид лидия любовь людмила максим марина мария михаил надежда наталья
    никита николай оксана олег ольга павел полина пётр роман светлана семён сергей софья
    станислав степан тамара татьяна тимофей фёдор юлия юрий яна ярослав
    """
)


def is_given_name(word: str) -> bool:
    """Tell whether a word is a common given name; of "Jean-Luc" the first half decides."""
    return word.lower().partition("-")[0] in _GIVEN
