# Polski.

-tapo-care = Tapo Care
-app-store = App Store
-google-play = Google Play
-tp-link-id = TP-Link ID
-care-cloud = { $case ->
    [genitive] chmury Care
    [instrumental] chmurą Care
   *[nominative] chmura Care
 }
-web-portal = { $case ->
    [locative] portalu internetowym
   *[nominative] portal internetowy
 }
-kasa = Kasa

part-bought = { $channel ->
    [app_store] w { -app-store }
    [play] w { -google-play }
    [web] w { -web-portal(case: "locative") }
    [code] kodem aktywacyjnym
   *[other] w inny sposób
 }
part-phase = { $phase ->
    [pending] oczekuje na płatność
    [active] aktywny
    [grace] okres prolongaty: odnowienie nie powiodło się i zostanie ponowione
    [retry] zawieszony: odnowienie nie powiodło się
    [paused] wstrzymany
    [expired] wygasł
    [revoked] cofnięty
    [refunded] zwrócono pieniądze
    [superseded] zastąpiony innym planem
   *[other] stan nieznany tej wersji
 }
part-answer = { $answer ->
    [granted] przyznano
    [already_granted] przyznano wcześniej
    [expired] opłacony okres już minął
    [superseded] zastąpił go inny zakup
    [revoked] sklep go cofnął
    [family_shared] udostępniony przez członka rodziny, co tutaj niczego nie daje
    [test_purchase] zakup testowy, co tutaj niczego nie daje
    [bound_to_other] należy do innego { -tp-link-id }
    [not_genuine] nieprawdziwy: sklep nie zna takiego zakupu
    [pending_canceled] płatność została odrzucona lub anulowana
    [pending] płatność oczekuje
    [needs_confirmation] wymaga Twojej zgody
    [unknown_product] produkt, którego chmura jeszcze nie zna
   *[other] odpowiedź nieznana tej wersji
 }
part-each-period = { $period-unit ->
    [day] { $period-number ->
        [one] za dzień
        [few] co { $period } dni
       *[many] co { $period } dni
     }
    [week] { $period-number ->
        [one] za tydzień
        [few] co { $period } tygodnie
       *[many] co { $period } tygodni
     }
    [year] { $period-number ->
        [one] za rok
        [few] co { $period } lata
       *[many] co { $period } lat
     }
   *[month] { $period-number ->
        [one] za miesiąc
        [few] co { $period } miesiące
       *[many] co { $period } miesięcy
     }
 }
part-length = { $length-unit ->
    [week] { $length-number ->
        [one] { $length } tydzień
        [few] { $length } tygodnie
       *[many] { $length } tygodni
     }
    [month] { $length-number ->
        [one] { $length } miesiąc
        [few] { $length } miesiące
       *[many] { $length } miesięcy
     }
    [year] { $length-number ->
        [one] { $length } rok
        [few] { $length } lata
       *[many] { $length } lat
     }
   *[day] { $length-number ->
        [one] { $length } dzień
        [few] { $length } dni
       *[many] { $length } dni
     }
 }
part-days-left = { $days-number ->
    [one] pozostał { $days } dzień
    [few] pozostały { $days } dni
   *[many] pozostało { $days } dni
 }
part-one-in-app = W aplikacji można subskrybować tylko jeden plan.
part-cancel-where = { $where ->
    [app_store] Anuluj go w { -app-store }.
    [play] Anuluj go w { -google-play }.
    [web] Anuluj go w { -web-portal(case: "locative") }.
    [code] Anuluj go tam, gdzie został kupiony.
   *[other] Anuluj go tam, gdzie został kupiony.
 }

## Buying

slot-taken = Masz już plan w aplikacji: { $plan }, kupiony { part-bought } ({ part-phase }). { part-one-in-app }
slot-taken-elsewhere = Masz już plan w aplikacji, kupiony { part-bought }. { part-one-in-app }
slot-pending = Zakup planu { $plan } jest w toku: oczekuje na zgodę lub płatność. { part-one-in-app }
slot-being-bought = Plan { $plan } jest już kupowany. { part-one-in-app }
slot-being-set-up = Konto sklepu na tym telefonie opłaca już plan tego konta; trwa jego uruchamianie.
owned-elsewhere = Konto sklepu na tym telefonie opłaca już plan innego { -tp-link-id }. Nic nie jest przenoszone z jednego na drugi.
unbound-purchase = Konto sklepu na tym telefonie opłaca plan, który nie jest przypisany do żadnego { -tp-link-id }. Przywróć zakupy, aby przypisać go do bieżącego.
reserved-elsewhere = Plan dla tego konta jest właśnie kupowany na innym telefonie.
plan-not-on-sale = Tego planu nie ma tu w sprzedaży.
client-too-old = Ta wersja aplikacji jest za stara, aby kupić plan. To, co już masz, działa jak dotąd.
already-covered = Plan kupiony gdzie indziej obejmuje już kamery. Czy chcesz mieć kolejny plan w aplikacji?
already-covered-by = { $plan }, kupiony { part-bought }, obejmuje już: { $cameras }.
    .without-cameras = { $plan }, kupiony { part-bought }, obejmuje już kamery.
bind-purchase = Znaleziono zakup bez { -tp-link-id }: { $product }. Czy przypisać go do tego konta? Robi się to raz i nie można tego cofnąć.
    .without-product = Znaleziono zakup bez { -tp-link-id }. Czy przypisać go do tego konta? Robi się to raz i nie można tego cofnąć.
renews-until-cancelled = Odnawia się automatycznie w cenie { $price } { part-each-period }, aż do anulowania. Możesz anulować w sklepie w dowolnej chwili.
trial-then-renews = Bezpłatny okres próbny ({ part-length }), potem { $price } { part-each-period }, chyba że anulujesz przed { $date }. Odnawia się automatycznie; możesz anulować w sklepie w dowolnej chwili.
    .without-date = Bezpłatny okres próbny ({ part-length }), potem { $price } { part-each-period }, chyba że anulujesz przed końcem okresu próbnego. Odnawia się automatycznie; możesz anulować w sklepie w dowolnej chwili.
store-trial-not-offered = Sklep nie oferuje temu kontu sklepu bezpłatnego okresu próbnego z tym planem.
sold-without-trial = Sklep sprzedał plan w pełnej cenie, bez bezpłatnego okresu próbnego. Jeśli to nie odpowiada, zarządzaj planem w sklepie.
sold-with-trial = Sklep dodał bezpłatny okres próbny: przed jego końcem nic nie zostanie pobrane.
portal-text = Więcej planów można kupić w { -web-portal(case: "locative") }.
portal-link = Więcej planów można kupić w { -web-portal(case: "locative") }: { $url }

## Changing, and a payment made twice

billed-elsewhere = { $plan }: plan kupiony { part-bought }, więc tylko tam można go zmienić.
not-on-this-store-account = { $plan }: plan kupiony { part-bought }, ale nie z konta sklepu na tym telefonie. Użyj telefonu, na którym go kupiono, lub zarządzaj nim w sklepie.
plan-not-changeable = Nie można teraz zmienić planu { $plan } ({ part-phase }). Najpierw ureguluj płatność w sklepie.
plan-is-current = Masz już { $plan }.
change-is-scheduled = Twój plan zmieni się na { $plan }, gdy minie opłacony okres. To już ustalone.
changes-on = { $date } zmienia się na { $plan }. Odnawia się automatycznie.
change-waits-at-store = Zmiana na { $plan } jest zaplanowana na koniec opłaconego okresu i do tego czasu { -google-play } nie przyjmuje innej. Zarządzaj planem w { -google-play }.
no-change-waits = Żadna zmiana planu nie jest zaplanowana.
cameras-reduced = { $capacity-number ->
    [one] { $plan } obejmuje { $capacity } kamerę, więc objęta pozostaje tylko wybrana najdawniej: { $cameras }. Możesz wybrać inną.
    [few] { $plan } obejmuje { $capacity } kamery, więc objęte pozostają tylko wybrane najdawniej: { $cameras }. Możesz wybrać inne.
   *[many] { $plan } obejmuje { $capacity } kamer, więc objęte pozostają tylko wybrane najdawniej: { $cameras }. Możesz wybrać inne.
 }
    .without-cameras = { $capacity-number ->
        [one] { $plan } obejmuje { $capacity } kamerę, więc objęta pozostaje tylko wybrana najdawniej. Możesz wybrać inną.
        [few] { $plan } obejmuje { $capacity } kamery, więc objęte pozostają tylko wybrane najdawniej. Możesz wybrać inne.
       *[many] { $plan } obejmuje { $capacity } kamer, więc objęte pozostają tylko wybrane najdawniej. Możesz wybrać inne.
     }
price-change-needs-consent = { $plan } od { $date } ma kosztować { $to } zamiast { $from }. Wyraź zgodę w sklepie, inaczej plan skończy się tego dnia.
price-changes = { $plan } od { $date } kosztuje { $to } zamiast { $from }. Wcześniej możesz anulować w sklepie.
return-double-payment = Opłacono dwa plany. Czy zakończyć teraz jeden z nich i zwrócić za niego pieniądze?
double-payment-ends = { $plan }, kupiony { part-bought }, kończy się, a pieniądze zostaną zwrócone.
double-payment-stays = { $plan }, kupiony { part-bought }, pozostaje.
not-paid-twice = Nic nie jest opłacone dwa razy, więc nie ma czego zwracać.

## Plans

renews-on = Odnawia się automatycznie { $date }.
ends-on = Kończy się { $date } i nie odnawia się.
ended-on = Zakończył się { $date }.
plan-phase = Stan: { part-phase }.
account-not-loaded = Nie wiadomo jeszcze, co obejmuje to konto: nie udało się połączyć z { -care-cloud(case: "instrumental") }.
not-signed-in = Nikt nie jest zalogowany.
sign-in-needed = Musisz zalogować się ponownie.
then-paid = Bezpłatny okres próbny do { $date }, potem { $price } { part-each-period }, chyba że anulujesz wcześniej.
grace-until = Odnowienie nie zostało opłacone. To, co obejmuje plan, pozostaje objęte do { $date }, a sklep ponawia próby.
resumes-on = Wstrzymany. Wznowi się { $date }.
covers-every-camera = Plan obejmuje wszystkie kamery konta, więc nie ma czego wybierać.
plan-is-over = Plan się skończył.
code-ends-by-itself = Pochodzi z kodu aktywacyjnego: kończy się sam i nie można go zmienić ani anulować.
code-is-not-refunded = Pochodzi z kodu aktywacyjnego, za który nie zwraca się pieniędzy.
managed-where-unknown = Zarządzaj nim tam, gdzie został kupiony.
renewal-is-off = Już się nie odnawia: kończy się { $date }.
    .without-date = Już się nie odnawia.
trial-never-comes-back = Anulowany bezpłatny okres próbny kończy się na zawsze i nigdy nie wraca.
legacy-cancels-all = Anulowanie kończy wszystkie starsze plany konta, natychmiast i na zawsze. Niewykorzystana część zostanie zwrócona na zapisaną kartę.
legacy-is-not-changed = Starszy plan można tylko anulować lub przenieść na nowy.
cancels-at-once = Anulowanie kończy go natychmiast. Nagrania poza bezpłatnym planem są przechowywane do { $date }, a potem trwale usuwane.
    .without-date = Anulowanie kończy go natychmiast. Nagrania poza bezpłatnym planem są trwale usuwane.
cancel-keeps-access = Anulowany przed { $date }, obejmuje kamery do końca opłaconego okresu i nie odnawia się.
    .without-date = Anulowany, obejmuje kamery do końca opłaconego okresu i nie odnawia się.
changed-where-bought = Zmienia się go tam, gdzie został kupiony.
not-changed-while = Nie można go teraz zmienić ({ part-phase }).

## Purchases under way

purchase-sheet-open = { $plan }: okno płatności jest otwarte.
    .without-plan = Okno płatności jest otwarte.
purchase-checking = { $plan }: trwa sprawdzanie w sklepie i w chmurze.
    .without-plan = Trwa sprawdzanie w sklepie i w chmurze.
purchase-pending = { $plan }: oczekuje na zgodę lub płatność.
    .without-plan = Zakup oczekuje na zgodę lub płatność.
purchase-confirming = { $plan }: zapłacono, trwa uruchamianie. Pojawi się, gdy tylko chmura go potwierdzi.
    .without-plan = Zakup opłacony, trwa uruchamianie. Pojawi się, gdy tylko chmura go potwierdzi.
purchase-waiting = { $plan }: chmura otrzymała zakup i nie może jeszcze powiedzieć nic więcej. Ponowne zapytanie nastąpi automatycznie.
    .without-plan = Chmura otrzymała zakup i nie może jeszcze powiedzieć nic więcej. Ponowne zapytanie nastąpi automatycznie.
purchase-needs-confirmation = { $plan }: zakup nie jest przypisany do żadnego { -tp-link-id }. Przywróć zakupy, aby przypisać go do bieżącego.
    .without-plan = Zakup nie jest przypisany do żadnego { -tp-link-id }. Przywróć zakupy, aby przypisać go do bieżącego.
purchase-refused-here = { $plan }: jego potwierdzenie nie zostało uznane na tym telefonie. Chmura pyta sklep, jak jest naprawdę.
    .without-plan = Potwierdzenie zakupu nie zostało uznane na tym telefonie. Chmura pyta sklep, jak jest naprawdę.
purchase-not-genuine = { $plan }: sklep nie zna takiego zakupu. Niczego on nie daje i nic innego się nie zmienia.
    .without-plan = Sklep nie zna takiego zakupu. Niczego on nie daje i nic innego się nie zmienia.
purchase-of-another-account = Na tym telefonie czeka zakup innego { -tp-link-id }.
unknown-purchase = To konto nie rozpoczęło takiego zakupu na tym telefonie.
not-pending = Ten zakup nie czeka na żadną zgodę: jest w toku albo już się zakończył.
pending-at-store = Płatność, na którą czeka ten zakup, jest w sklepie, i sklep sam powie, jak się skończy.
clock-suspect = Zegar tego telefonu nie zgadza się z zegarem chmury. To, co masz, od niego nie zależy.

## Cameras

camera-firmware-too-old = Jej oprogramowanie układowe jest za stare. Zaktualizuj je do wersji { $version } lub nowszej.
    .without-version = Jej oprogramowanie układowe jest za stare. Zaktualizuj je do najnowszej wersji.
camera-offline = Nie ma dostępu do internetu. Połącz ją z internetem.
camera-model-not-supported = Plan nie obsługuje tego modelu.
camera-blocked = Nie można jej dodać z powodu nieznanego tej wersji.
camera-cannot-be-added = { $reason ->
    [firmware_too_old] Nie można dodać kamery { $camera }: jej oprogramowanie układowe jest za stare. Najpierw zaktualizuj je do najnowszej wersji.
    [offline] Nie można dodać kamery { $camera }: nie ma dostępu do internetu. Najpierw połącz ją z internetem.
    [model_not_supported] Nie można dodać kamery { $camera }: plan nie obsługuje jej modelu.
   *[other] Nie można dodać kamery { $camera } z powodu nieznanego tej wersji.
 }
camera-covered = Kamera { $camera } jest już objęta innym planem.
over-capacity = { $capacity-number ->
    [one] Plan obejmuje { $capacity } kamerę; liczba wybranych: { $asked }.
    [few] Plan obejmuje { $capacity } kamery; liczba wybranych: { $asked }.
   *[many] Plan obejmuje { $capacity } kamer; liczba wybranych: { $asked }.
 }
    .without-asked = { $capacity-number ->
        [one] Plan obejmuje { $capacity } kamerę.
        [few] Plan obejmuje { $capacity } kamery.
       *[many] Plan obejmuje { $capacity } kamer.
     }
unknown-camera = Na tym koncie nie ma kamery { $camera }.
    .without-camera = Na tym koncie nie ma takiej kamery.
empty-selection = Wybierz co najmniej jedną kamerę dla nowego planu.
no-access = Plan nie daje teraz dostępu, więc nie można wybrać jego kamer.
unknown-subscription = Na tym koncie nie ma takiego planu.
cameras-changed-elsewhere = Kamery tego planu zostały właśnie zmienione gdzie indziej. Sprawdź i wybierz ponownie.
dont-see-your-camera = Nie widzisz swojej kamery? Zaktualizuj jej oprogramowanie układowe do najnowszej wersji, połącz ją z internetem i sprawdź, czy jest przypisana do tego { -tp-link-id }.

## Why a camera is covered or not

camera-is-covered = Kamera { $camera } ({ $model }) jest objęta ochroną.
camera-is-not-covered = Kamera { $camera } ({ $model }) nie jest objęta ochroną.
camera-cover-unknown = Nie wiadomo teraz, czy kamera { $camera } ({ $model }) jest objęta ochroną.
camera-covered-twice = Kamera { $camera } ({ $model }) jest objęta dwoma planami; jeden z nich nic jej nie daje.
covered-by-plan = Obejmuje ją { $plan }.
covered-by-account-plan = { $plan } obejmuje wszystkie kamery konta.
covered-by-code = Obejmuje ją { $plan } z kodu aktywacyjnego.
plan-ended = Jest w planie { $plan }, który się skończył.
plan-without-access = Jest w planie { $plan }, który teraz niczego nie obejmuje ({ part-phase }).
not-on-plan = Nie ma jej wśród kamer planu { $plan }.
plan-not-understood = Jest w planie { $plan }, którego stan jest nieznany tej wersji.
cover-without-time = Czas nie jest znany, więc nie wiadomo, co jest objęte.
cover-too-old = Ostatnia odpowiedź chmury jest za stara. Połącz się z internetem, aby zobaczyć, co jest objęte.
no-plan-now = Nie ma teraz planu, który obejmuje kamery.
no-plan-to-choose-for = Nie ma planu, do którego można ją dodać.
on-plan-already = Jest już w planie { $plan }.
plan-is-full = { $capacity-number ->
    [one] { $plan } obejmuje { $capacity } kamerę i nie ma już miejsca. Najpierw usuń tę, która w nim jest.
    [few] { $plan } obejmuje { $capacity } kamery i nie ma już miejsca. Najpierw usuń jedną z nich.
   *[many] { $plan } obejmuje { $capacity } kamer i nie ma już miejsca. Najpierw usuń jedną z nich.
 }
on-no-plan = Nie jest w żadnym planie.
camera-can-be-added = Można ją dodać do planu.
said-last = To ostatnia odpowiedź chmury; od tego czasu mogło się coś zmienić.

## Choosing the cameras of a plan

picker-choose = { $capacity-number ->
    [one] Wybierz do { $capacity } kamery dla planu { $plan }.
    [few] Wybierz do { $capacity } kamer dla planu { $plan }.
   *[many] Wybierz do { $capacity } kamer dla planu { $plan }.
 }
picker-not-all-added = { $cameras-number ->
    [one] Nie udało się jeszcze dodać { $cameras } kamery wybranej przy zakupie.
    [few] Nie udało się jeszcze dodać { $cameras } kamer wybranych przy zakupie.
   *[many] Nie udało się jeszcze dodać { $cameras } kamer wybranych przy zakupie.
 }
picker-changed-elsewhere = Kamery tego planu zostały zmienione gdzie indziej. Oto Twój wybór razem z tymi zmianami.
picker-changed-and-left-out = { $cameras-number ->
    [one] Kamery tego planu zostały zmienione gdzie indziej. { $cameras } kamera z Twojego wyboru się nie zmieściła lub już jej nie ma.
    [few] Kamery tego planu zostały zmienione gdzie indziej. { $cameras } kamery z Twojego wyboru się nie zmieściły lub już ich nie ma.
   *[many] Kamery tego planu zostały zmienione gdzie indziej. { $cameras } kamer z Twojego wyboru się nie zmieściło lub już ich nie ma.
 }

## Free trials of a camera: never charged, and ending by themselves

trial-eligible = Można rozpocząć bezpłatny okres próbny ({ part-length }). Kończy się sam i nic nie zostanie pobrane.
    .without-length = Można rozpocząć bezpłatny okres próbny. Kończy się sam i nic nie zostanie pobrane.
trial-covered = Obejmuje ją plan, więc bezpłatny okres próbny nie jest potrzebny.
trial-active = Bezpłatny okres próbny: { part-days-left }, kończy się { $date }. Nic nie zostanie pobrane.
    .without-date = Bezpłatny okres próbny: { part-days-left }. Nic nie zostanie pobrane.
trial-active-until = Bezpłatny okres próbny: kończy się { $date }. Nic nie zostanie pobrane.
    .without-date = Bezpłatny okres próbny trwa. Nic nie zostanie pobrane.
trial-ends-today = Bezpłatny okres próbny: kończy się dzisiaj. Nic nie zostanie pobrane.
trial-over = Bezpłatny okres próbny się skończył.
trial-used = Ta kamera miała już swój bezpłatny okres próbny.
trial-not-offered = Dla tej kamery nie ma bezpłatnego okresu próbnego.
trial-unknown = Nie wiadomo teraz, czy dostępny jest okres próbny.
trial-paused = Bezpłatny okres próbny wstrzymany, dopóki kamerę obejmuje plan: { part-days-left }.
trial-paused-rest-unknown = Bezpłatny okres próbny wstrzymany, dopóki kamerę obejmuje plan.
trial-not-for-model = Dla tego modelu nie ma bezpłatnego okresu próbnego.
trial-not-in-region = W tym regionie nie ma bezpłatnego okresu próbnego.
trial-offline = Połącz się z internetem, aby zobaczyć, czy dostępny jest okres próbny.
trial-runs-already = Bezpłatny okres próbny tej kamery już trwa.
trial-not-running = Dla tej kamery nie trwa żaden bezpłatny okres próbny.
confirm-trial-cancel = Anulować ten bezpłatny okres próbny?
trial-cancel-is-final = Bezpłatny okres próbny kamery { $camera } kończy się natychmiast. Jest anulowany na zawsze i nie można go rozpocząć ponownie.

## The account’s own trial: it turns into a paid period

account-trial-eligible = Nowy plan zaczyna się od bezpłatnego okresu próbnego ({ part-length }), potem jest płatny, chyba że anulujesz wcześniej.
    .without-length = Nowy plan zaczyna się od bezpłatnego okresu próbnego, potem jest płatny, chyba że anulujesz wcześniej.
account-trial-active = Bezpłatny okres próbny konta trwa do { $date }, potem plan jest płatny, chyba że anulujesz wcześniej.
    .without-date = Bezpłatny okres próbny konta trwa; potem plan jest płatny, chyba że anulujesz wcześniej.
account-trial-paused = Bezpłatny okres próbny konta jest wstrzymany.
account-trial-used = To konto miało już swój bezpłatny okres próbny.
account-trial-not-offered = Plany nie mają tu bezpłatnego okresu próbnego.

## Free plans of a model: no trials

free-plan-active = { $hours-number ->
    [one] Nagrywa do chmury w ramach bezpłatnego planu: ostatnia { $hours } godzina.
    [few] Nagrywa do chmury w ramach bezpłatnego planu: ostatnie { $hours } godziny.
   *[many] Nagrywa do chmury w ramach bezpłatnego planu: ostatnie { $hours } godzin.
 }
    .without-hours = Nagrywa do chmury w ramach bezpłatnego planu.
free-plan-active-until = { $hours-number ->
    [one] Do { $date } nagrywa do chmury w ramach bezpłatnego planu: ostatnia { $hours } godzina.
    [few] Do { $date } nagrywa do chmury w ramach bezpłatnego planu: ostatnie { $hours } godziny.
   *[many] Do { $date } nagrywa do chmury w ramach bezpłatnego planu: ostatnie { $hours } godzin.
 }
    .without-hours = Do { $date } nagrywa do chmury w ramach bezpłatnego planu.
free-plan-ended = Jej bezpłatny plan się skończył.
free-plan-none = Ten model nie ma bezpłatnego nagrywania do chmury. Z kartą microSD nagrywa lokalnie za darmo.
free-plan-unknown = Nie wiadomo, czy ten model ma bezpłatny plan.

## Erasing an account from the phone

erase-account = Wszystko, co należy do tego konta, zostanie usunięte z tego telefonu. Czy chcesz kontynuować?
erase-still-bills = Za plan { $plan } nadal są pobierane opłaty, najbliższa { $date }. { part-cancel-where }
    .without-date = Za plan { $plan } nadal są pobierane opłaty. { part-cancel-where }
erase-plan-lost = { $plan } jest opłacony do { $date }; usunięcie konta oznacza jego utratę.
erase-unsettled = Zakup jest opłacony, ale jeszcze nierozliczony: { $plan }. Mimo to zostanie rozliczony.
    .without-plan = Zakup jest opłacony, ale jeszcze nierozliczony. Mimo to zostanie rozliczony.
erase-nothing-bills = Z tego konta nie są pobierane żadne opłaty.

## What could not be asked

cloud-unreachable = Nie można połączyć się z { -care-cloud(case: "instrumental") }.
cloud-not-understood = Odpowiedź nie pochodzi z { -care-cloud(case: "genitive") } lub została po drodze zmieniona. Nic z niej nie zostało przyjęte.
cloud-refused = Żądanie odrzuciła { -care-cloud }.
older-answer = Chmura przeczy temu, co powiedziała przed chwilą. Spróbuj ponownie.
store-unreachable = Nie można połączyć się ze sklepem.
time-unknown = Czas nie jest jeszcze znany. Spróbuj ponownie, gdy chmura odpowie.
insecure-url = Adres chmury nie jest bezpieczny.
trust-unusable = Nie można użyć podanych danych zaufania: brakuje certyfikatu głównego lub identyfikatora aplikacji albo są nieczytelne.

## Files

folder-in-use = { -tapo-care } działa w innym procesie. Najpierw go zakończ.
folder-read-only = Folder { -tapo-care } jest tylko do odczytu. Niczego nie zmieniono.
folder-from-newer-version = Folder { -tapo-care } pochodzi z nowszej wersji. Niczego nie zmieniono.
journal-from-newer-version = Dziennik zakupów pochodzi z nowszej wersji. Niczego nie zmieniono.
folder-unusable = Nie można użyć folderu { -tapo-care }.
disk-full = Na tym urządzeniu nie ma już miejsca.
disk-gone = Nie można już zapisywać plików. Uruchom ponownie.
vault-unavailable = Bezpieczny magazyn telefonu jest zablokowany.
closed = To jest już zamknięte.

## What should not happen

task-lost = Wystąpił błąd wewnętrzny: utracono zadanie. Zakupy nie przepadły.
empty-304 = Wystąpił błąd wewnętrzny: odpowiedź bez pytania.
event-unwritable = Wystąpił błąd wewnętrzny: nie udało się zapisać zdarzenia.

## Words for states

phase = { part-phase }
cover = { $cover ->
    [covered] objęta
    [not_covered] nieobjęta
    [unknown] nie wiadomo
   *[other] nie wiadomo
 }
covered-by = { $by ->
    [plan] objęta planem
    [code] objęta dzięki kodowi
    [account_plan] objęta planem konta
    [trial] objęta okresem próbnym
    [free_plan] objęta bezpłatnym planem
   *[other] objęta
 }
covered-twice-by = { $by ->
    [plan] objęta planem, dwukrotnie
    [code] objęta dzięki kodowi, dwukrotnie
    [account_plan] objęta planem konta, dwukrotnie
    [trial] objęta okresem próbnym, dwukrotnie
    [free_plan] objęta bezpłatnym planem, dwukrotnie
   *[other] objęta dwukrotnie
 }
answer = { part-answer }
purchase-state = { $state ->
    [sheet_open] w oknie płatności
    [checking] sprawdzany
    [pending] oczekuje
    [confirming] opłacony, uruchamiany
    [waiting] czeka na chmurę
    [needs_confirmation] wymaga Twojej zgody
    [refused_here] nieuznany tutaj
    [not_genuine] nieprawdziwy
   *[other] nie wiadomo
 }
money-not-charged = Nic nie zostało pobrane.
money-maybe-charged = Opłata mogła zostać pobrana; trwa sprawdzanie, poinformujemy Cię o wyniku.
money-charged = Opłata została pobrana.
action-sign-in = Zaloguj się ponownie.
action-manage-subscription = Zarządzaj subskrypcją tam, gdzie została kupiona.
action-confirm = Przeczytaj to i potwierdź.
action-change-selection = Wybierz inne kamery lub mniej kamer.
action-update-firmware = Zaktualizuj oprogramowanie układowe kamery do najnowszej wersji.
action-check-internet = Sprawdź połączenie z internetem.
action-wait = Zaczekaj: dalszy ciąg nastąpi automatycznie.
action-update-app = Zaktualizuj aplikację.
action-fix-storage = Zwolnij trochę miejsca i spróbuj ponownie.
action-contact-support = Skontaktuj się z pomocą techniczną.
retry-after = { $seconds-number ->
    [one] Spróbuj ponownie za { $seconds } sekundę.
    [few] Spróbuj ponownie za { $seconds } sekundy.
   *[many] Spróbuj ponownie za { $seconds } sekund.
 }
retry-automatic = Próba zostanie ponowiona automatycznie.
outcome-granted = Przyznano: plan jest Twój.
outcome-pending = Oczekuje na zgodę lub płatność; dalszy ciąg nastąpi automatycznie.
outcome-cancelled = Anulowano: okno płatności zostało zamknięte.
outcome-failed = Niepowodzenie: sklep nie mógł tego wykonać ({ $code }).
    .without-code = Niepowodzenie: sklep nie mógł tego wykonać.
outcome-not-granted = Nie przyznano: { part-answer }.
    .without-answer = Nie przyznano.
outcome-not-approved = Brak zgody: nikt nie zgodził się na czas albo przestano czekać. Spóźniona zgoda nadal da Ci plan.
outcome-scheduled = Przyjęto: plan zmieni się, gdy minie opłacony okres. Wcześniej nic nie zostanie pobrane.
outcome-kept = Zaplanowana zmiana została cofnięta: plan odnawia się bez zmian.
returned-given-back = Plan się zakończył, a zwrot pieniędzy jest w toku.
returned-requested = Wysłano prośbę do Apple; decyzja zapadnie w ciągu kilku dni. Do tego czasu oba plany pozostają.
returned-cancelled = O nic nie poproszono: oba plany pozostają.
manage-app-store = Zarządzaj nim lub anuluj go w { -app-store }.
manage-google-play = Zarządzaj nim lub anuluj go w { -google-play }.
manage-portal = Zarządzaj nim lub anuluj go w { -web-portal(case: "locative") }.
manage-kasa-portal = Zarządzaj nim lub anuluj go w { -web-portal(case: "locative") } { -kasa }.
manage-nowhere = Kończy się sam.
manage-unknown = Zarządzaj nim tam, gdzie został kupiony.
clock-unknown = Czas nie jest znany, więc nie wiadomo, co jest objęte: pokaże się to, gdy chmura odpowie.
