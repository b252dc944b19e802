unbound-purchase = Konto sklepu na tym telefonie opłaca plan, który nie jest przypisany do żadnego { -tp-link-id }. `care restore` przypisze go do bieżącego, gdy się zgodzisz.
purchase-needs-confirmation = { $plan }: zakup nie jest przypisany do żadnego { -tp-link-id }. `care restore` przypisze go do bieżącego.
    .without-plan = Zakup nie jest przypisany do żadnego { -tp-link-id }. `care restore` przypisze go do bieżącego.
plan-not-on-sale = Tego planu nie ma tu w sprzedaży. `care plans` pokazuje dostępne.
unknown-purchase = To konto nie rozpoczęło takiego zakupu na tym telefonie. `care --json purchases` pokazuje te, które czekają.
not-pending = Ten zakup nie czeka na żadną zgodę: jest w toku albo już się zakończył. `care purchases` go pokazuje.
not-signed-in = Nikt nie jest zalogowany. `care sign-in NAME` loguje.
action-sign-in = Zaloguj się ponownie: `care sign-in NAME`.
action-change-selection = Wybierz inne kamery lub mniej kamer: `care cameras` je pokazuje.
folder-in-use = Folder stanu jest używany przez inny proces `care`. Zakończ go lub wskaż inny folder za pomocą --state.

status-of = { -tapo-care }: { $who }
nobody = nikt
fresh = aktualne z chmury, stan na { $moment }
    .without-moment = aktualne z chmury
stale = nieaktualne: ostatnia odpowiedź chmury, stan na { $moment }
    .without-moment = nieaktualne: ostatnia odpowiedź chmury
not-loaded = nic jeszcze nie wczytano: nie udało się zapytać chmury
no-plan = Brak planu.
no-camera = Na tym koncie nie ma kamery.
paid-twice = Opłacono go dwa razy: `care purchases --return` zwraca jeden z nich.
add-plan-off = + Nie można dodać planu: { $reason }
add-plan-on = + Dodaj plan: `care plans` pokazuje, co jest w sprzedaży.
choose-with = Wybierz poleceniem `care cameras set NAME,…`:
plan-covers = { $plan } obejmuje: { $cameras }.
    .without-cameras = { $plan } nie obejmuje żadnej kamery.
plans-on-sale = Plany w sprzedaży w sklepie { $storefront }
links = Warunki: { $terms } · Prywatność: { $privacy }
buy-one = Kup jeden poleceniem { $command }.

busy-asking = Łączenie z chmurą i sklepem
busy-plans = Sprawdzanie, co jest w sprzedaży
busy-restore = Szukanie zakupów
busy-sheet = Okno płatności jest otwarte
busy-telling = Wysyłanie do chmury
nothing-was-done = Nic nie zrobiono.
say-yes-with = Wyraź zgodę za pomocą --yes albo uruchom polecenie w terminalu, a pojawi się pytanie.
signed-in-as = Zalogowano: { $who }.
signed-out = Wylogowano. To, co kupiono, pozostaje na koncie.
erased = Usunięto z tego telefonu i wylogowano. Opłaty, które jeszcze są pobierane, trwają do anulowania.
not-signed-in-there = W tej chmurze nikt nie jest jeszcze zalogowany. `care --cloud URL --trust FILE sign-in NAME` loguje.
unknown-name = Nie ma tu { -tp-link-id } o nazwie { $name }. W nowym świecie są anna, ben i cara.
sign-in-unreachable = Nie można połączyć się z usługą logowania ({ $why }). Logowanie pozostaje bez zmian.
no-purchase = Nie ma jeszcze zakupów.
nothing-to-restore = Konto sklepu na tym telefonie nie ma zakupów do przywrócenia.
restored = Znalezione zakupy: { $found }; przyznane: { $granted }, oczekujące: { $waiting }.
news-of = Wiadomości o { $plan }:
earlier-news = Wcześniej, { $plan }: { $outcome }
left-out = Kamera { $camera } nie została dodana: { $reason }
    .without-reason = Kamera { $camera } nie została dodana.
next-choose = Teraz wybierz kamery, które plan ma objąć.
not-finished = Jeszcze nie zakończono.
nothing-is-lost = Nic nie przepadło: następne `care status` podejmie to dalej.
no-camera-of-that-name = Na tym koncie nie ma kamery { $camera }. Są: { $cameras }.
    .without-cameras = Na tym koncie nie ma kamery { $camera } ani żadnej innej.
no-plan-for-cameras = Nie ma planu, do którego można dodać kamery. `care plans` pokazuje, co jest w sprzedaży, `care subscribe PLAN` kupuje plan.
no-such-plan = Nie ma planu o identyfikatorze { $id }. Są: { $plans }.
    .without-plans = Nie ma planu o identyfikatorze { $id }. Nie ma jeszcze żadnego planu.
which-plan = Może chodzić o kilka planów: wskaż jeden za pomocą --for. Są: { $plans }.
    .without-plans = Może chodzić o kilka planów: wskaż jeden za pomocą --for.

head-plan = Plan
head-title = Nazwa
head-stands = Stan
head-cameras = Kamery
head-which = Które
head-next = Co dalej
head-id = Identyfikator
head-camera = Kamera
head-model = Model
head-now = Teraz
head-care = Ochrona
head-cannot-be-added = Nie można dodać, bo
head-free-trial = Bezpłatny okres próbny
head-start-or-cancel-with = Rozpocznij lub anuluj poleceniem
head-for-this-plan = Dla tego planu
head-purchase = Zakup
head-means = Co to znaczy
head-refused-by = Nieuznany tu przez
head-covers = Obejmuje
head-price = Cena
head-receipt = Potwierdzenie
head-product = Produkt
head-ledger = Środowisko
head-verified = Zweryfikowane tutaj
head-paid-until = Opłacone do
head-cloud-says = Odpowiedź chmury
head-at-store = W sklepie
head-comes-to = Czyli

cameras-of = { $selected } z { $capacity }
cameras-count = { $capacity-number ->
    [one] { $capacity } kamera
    [few] { $capacity } kamery
   *[many] { $capacity } kamer
 }
price-each = { $price } { part-each-period }
comes-to = { $price } za miesiąc
plan-says = { $plan }: { $terms } { $manage }
field-says = { $name }: { $value }
camera-says = { $camera }: { $said }
next-renews = odnawia się { $date }
next-ends = kończy się { $date }
next-unknown = nie wiadomo
camera-is-online = online
camera-is-offline = offline
on-the-plan = w planie
taken-off = w planie, do usunięcia
chosen = wybrana
can-be-added = można dodać
cannot-be-added-because = nie można dodać: { $reason }
a-purchase = zakup
verified = tak
not-verified = nie: { $check }
    .without-check = nie
nothing-said-yet = jeszcze brak
finished = zakończone
not-finished-at-store = otwarte
trial-word = { $state ->
    [can_start] można rozpocząć
    [kept] zachowany
    [today] kończy się dzisiaj
    [active] trwa
    [paused] wstrzymany
    [used] wykorzystany
    [covered] niepotrzebny
    [not_offered] niedostępny
    [offline] offline
   *[other] nie wiadomo
 }
trial-left = { part-days-left }
trial-paused-left = wstrzymany, { part-days-left }
trial-cancel-with = { $command }, na zawsze
trial-hidden = { $camera }: o bezpłatnym okresie próbnym nic się już nie pokaże.
