"""Tell given names of persons by the commonest of many countries, as data.

Two capital words may be a name, a town or a title; one of these in front says which. What they do
not have is told by initials, by "and", or by what stands around it.
"""

from __future__ import annotations

from litsearch.lists.phrases import word_set

_GIVEN = word_set(
    """
    Jean-Luc Tell a aaron abdul abdullah abel abena abigail abraham ada adam adele aditi aditya
    adnan adrian adriana adwoa adéla agata agnes agnieszka ahmad ahmed ahmet aino aisha ajay
    akira alan alba albert alberto alec alejandra alejandro aleksandr aleksandra alessandra
    alessandro alex alexander alexandra alexandre alexei alexis alfred alfredo ali alice alicia
    alina alison allison amanda amara amina amir amit amy ana anand anders andrea andreas andrei
    andrej andrew andrey andrzej andy angela angelo angus anh anil anita anja anjali ankit ann
    anna anne annette annie anthony antje antoine anton antonia antonio anu aoife arash arjun
    armando armin arnaud arne arnold arthur artur arturo arun arvid arvind ashley ashok astrid
    asuka attila audrey august augustin aurelio aurélie ava axel ayesha ayşe balázs barbara bart
    bartosz basil beata beatrice beatriz ben benedict benjamin benoit bernard bernd bert
    bertrand beth bettina bianca bilal bill birgit björn bob bogdan bool boris brad brandon
    brenda brendan brett brian bridget bruce bruno bryan burak bärbel camila camille carl carla
    carlo carlos carmen carol caroline carsten catalina catherine cathy cecilia cedric celia
    chad chandra charles charlie charlotte chen chiara chidi chloe chloé chris christian
    christina christine christof christoph christophe christopher chuck cindy claire clara clark
    claude claudia claudio claus clemens colin common connor constantin corinne craig cristian
    cristina curtis cyril cédric dag dagmar dale damian damien dan dana daniel daniela daniele
    danielle danny daphne darren dave david dean deborah decides declan deepa deepak def denis
    deniz dennis derek detlef devika diana diane diego dieter dimitri dimitris dirk dmitri
    dmitry dominic dominik dominique donald donna doris dorota dorothy doug douglas dragan
    dumitru duncan dylan ebru ed eddie eduardo edward edwin eero eileen eino eivind ekaterina
    elaine eleanor elena eli elias elif elisa elisabeth elizabeth eliška ella ellen elliot elsa
    emil emily emma emmanuel emre enrico enrique eric erica erik erika erin ernest ernesto ernst
    erwin esra esteban esther ethan eugene eun eva evan eve evelyn ewa ewelina fabian fabien
    fabio fabrice faisal fatih fatima fatma federica federico felipe felix femi fernanda
    fernando fernão filip fiona first florian frances francesca francesco francis francisco
    franck francois frank franz françois fred frederic frederick fredrik friedrich fritz
    frédéric gabriel gabriela gabriele gael gareth garrett gary gaurav gavin geoff geoffrey
    georg george georges gerald gerard gerd gerhard gianni gilbert gilles gina giorgio giorgos
    giovanna giovanni giulia giuseppe given glenn gonzalo gonçalo goran gordon grace graham
    grażyna greg gregor gregory greta grzegorz guido guillaume guillermo gunhild gunnar gustaf
    gustav gustavo gábor hakan half halima hamid hanna hannah hannes hans harald harold harriet
    harry haruka haruki haruto hassan heather heidi heike heinrich heinz helen helena helene
    helga henri henrik henry henryk herbert hermann hiro hiroki hiroshi hoa holger hong howard
    hubert hugh hugo hussein hyun håkan ian ibrahim ida idris ignacio igor ilya ines ingo ingrid
    ingvar inácio inés inês ioana irene irina is is_given_name isaac isabel isabella isabelle
    istván ivan ivana iwona jacek jack jackie jacob jacqueline jacques jadwiga jae jaime jake
    jakob jakub james jamie jan jana jane janet janice janusz jared jari jarmo jarosław jasmine
    jason javier jay jean jeff jeffrey jen jennifer jenny jens jeremy jerome jerry jerzy jesper
    jesse jessica jesús ji jill jim jin jing jiří jo joachim joan joana joanna joanne jochen joe
    joel johan johann johanna johannes john johnny jon jonas jonathan jordi jorge jose josef
    josefa joseph josh joshua josé joão juan juana judith judy juha jukka jules julia julian
    juliana julie julien juliette julio jun jung justin justine jános jérôme jürg jürgen kai
    kaisa kamil karen karim karima karin karl karla karol karsten karthik kate kateřina
    katharina katherine kathleen kathryn kathy katie katja katrin kavita kay kazuki kazuo keith
    kelly ken kenji kenneth kenta kerry kerstin kevin khadija khaled kim kimberly kinga kiran
    kirsten kjell klaus knut kofi konrad konstantin kostas kristen kristian kristin kristina
    krzysztof kumar kurt kwabena kwame kyle lakshmi lan lars laura lauren laurence laurent lauri
    lawrence lea leah lee leif leila lena lenka leo leon leonard leonardo leslie leszek leyla li
    liam lidia lin linda lindsay lisa liu liz lois lorena lorenzo lothar louis louise lourdes
    luc luca lucas lucia luciana lucie lucy lucía ludmila ludwig luigi luis luisa lukas luke luz
    luís lydia lynn lászló maciej maciek madeleine magdalena magnus mahmoud maike malcolm
    manfred manoj manuel manuela mara marc marcel marcelo marcin marco marcos marcus marek
    margaret margarita maria marian mariana marianne marie marina mario marion marisa mark marko
    markus marta martha martin martina martín mary maryam marzena maría masahiro masato mateo
    mathias mathieu mathilde matias mats matt matteo matthew matthias matthieu matías maureen
    maurice mauricio max maxim maxime maya maïté małgorzata meera megan mehdi mehmet mei mel
    melanie melissa merve mette mia michael michaela michal michał michel michele michelle
    miguel mihai mika mikael mike mikhail mikko miklós milan min mina ming minh miriam miroslav
    mirosław mitchell mohamed mohammad mohammed moira monica monika morgan moritz morten moussa
    muhammad murat mustafa mónica nadia nadine name nancy naoki naomi natalia natalie nathan
    naveen neal neha neil nenad ngozi nicholas nick nicola nicolas nicole nicolás nigel nikhil
    niklas nikolai nikos nils nina nita nkechi noah nora norman noémie octavia of ola olaf ole
    oleg olga oliver olivia olivier olli oluwaseun omar ondřej oscar oskar osman otto oumar ove
    owen oya pablo panagiotis paola paolo pascal pasi patricia patricio patrick patrik paul
    paula pauline paulo pavel paweł pedro peggy pekka per pete peter petr petra phil philip
    philipp philippe phyllis pierre piotr pooja pradeep prakash priya przemysław rachel radek
    radu rafael rafał ragnar rahul rainer raj rajesh ralf ralph ramesh ramon ramón rana randy
    raphael raquel rashid ravi raymond rebecca regina reinhard renata renate rene rené ricardo
    riccardo richard rick rita rob robert roberta roberto robin rodrigo roger rohan rohit roland
    rolf roman ron ronald rosa rosemary ross roy ruben rudolf rui rupert russell ruth ryan ryo
    ryszard rüdiger sabine sabrina sachin sakura salim salma sam samantha samir samira samuel
    samuele sandeep sandra sandy sang sanjay sanna santiago sara sarah saskia satoshi scott sean
    sebastian segun selim selma serena serge sergei sergey sergio seth seung shane shannon
    sharon shawn sheila shinji shota shreya sid siddharth siegfried sigrid sigurd silke silvia
    simon simona simone sneha sofia sofía solveig sonal sonia soo sophia sophie stacy stan
    stanisław stanley stefan stefania stefano steffen steffi stella stephan stephane stephanie
    stephen steve steven stig str stuart sunil suresh susan susana susanne suzanne sven sverre
    svetlana swati sylvia sylvie sébastien ségolène søren sławomir tadashi tadeusz takashi
    takeshi takumi tamar tamara tanya tapio tariq taro tatiana ted teresa tereza terje terry
    thandiwe thanh the theo theodor theresa thiago thierry thomas thomás thorsten thérèse tiago
    tim timo timothy tina tobias todd tom tomas tomasz tommaso tomoko tomás tomáš tony torben
    torbjörn tore torsten tove tracy travis tristan tuan tunde tuğba ulrich ulrike umberto
    ursula uwe valentin valentina valeria valerie vanessa varun vasilis vera verena veronica
    vesna vicky victor victoria vijay vikram viktor ville vincent vincenzo vinod vivek vivian
    vladimir volker volkmar václav walter wanda warren wayne wei wendy werner whether wiebke
    wilhelm william wojciech wolfgang word xavier ximena xin yann yannick yash yasir yasmin
    yasuo yaw yi yiannis ying yiğit yolanda yosef youssef yuki yuko yumi yuri yusuf yusuke yves
    yvonne zach zachary zahra zainab zbigniew zdeněk zeynep zoe zofia zoltán zoran zoë zsolt åsa
    élise émilie éric étienne øystein łukasz александр алексей алина алла алёна анастасия
    анатолий андрей анна антон арсений артём борис вадим валентин валерий василий вера виктор
    виктория виталий владимир вячеслав галина георгий григорий дарья денис дмитрий евгений
    евгения екатерина елена иван игорь илья инна ирина карина кирилл константин ксения лариса
    лев леонид лидия любовь людмила максим марина мария михаил надежда наталья никита николай
    оксана олег ольга павел полина пётр роман светлана семён сергей софья станислав степан
    тамара татьяна тимофей фёдор юлия юрий яна ярослав
    """
)


def is_given_name(word: str) -> bool:
    """Tell whether a word is a common given name; of "Jean-Luc" the first half decides."""
    return word.lower().partition("-")[0] in _GIVEN
