unbound-purchase = Konto sklepu na tym telefonie opłaca plan, do którego nie zgłosił się żaden { -tp-link-id }. `care restore` przypisze go do bieżącego, gdy się zgodzisz.
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

head-plan = Plan
head-title = Nazwa
head-stands = Stan
head-cameras = Kamery
head-which = Które
head-next = Co dalej
head-id = Id
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
head-comes-to = To jest

cameras-of = { $selected } z { $capacity }
cameras-count = { $capacity-number ->
    [one] { $capacity } kamera
    [few] { $capacity } kamery
   *[many] { $capacity } kamer
 }
price-each = { $price } { part-each-period }
comes-to = { $price } za miesiąc
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
trial-word = { $state ->
    [can_start] można rozpocząć
    [kept] zachowany
    [today] kończy się dzisiaj
    [active] trwa
    [paused] wstrzymany
    [used] wykorzystany
    [not_offered] niedostępny
    [offline] offline
   *[other] nie wiadomo
 }
trial-left = { part-days-left }
trial-paused-left = wstrzymany, { part-days-left }
trial-cancel-with = { $command }, na zawsze
trial-hidden = { $camera }: o bezpłatnym okresie próbnym nic się już nie pokaże.
