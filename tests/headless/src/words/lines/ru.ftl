unbound-purchase = Учётная запись магазина на этом телефоне оплачивает план, не привязанный ни к одному { -tp-link-id }. `care restore` привяжет его к текущему, если вы согласитесь.
purchase-needs-confirmation = { $plan }: покупка не привязана ни к одному { -tp-link-id }. `care restore` привяжет её к текущему.
    .without-plan = Покупка не привязана ни к одному { -tp-link-id }. `care restore` привяжет её к текущему.
plan-not-on-sale = Этот план здесь не продаётся. `care plans` покажет доступные.
unknown-purchase = Этот аккаунт не начинал такой покупки на этом телефоне. Ожидающие покупки покажет `care --json purchases`.
not-pending = Эта покупка не ждёт одобрения: она идёт или уже завершена. Её покажет `care purchases`.
not-signed-in = Вход не выполнен. Войти: `care sign-in NAME`.
action-sign-in = Войдите снова: `care sign-in NAME`.
action-change-selection = Выберите другие камеры или меньше камер: их покажет `care cameras`.
folder-in-use = Папка состояния занята другим процессом `care`. Завершите его или укажите другую папку с помощью --state.

status-of = { -tapo-care }: { $who }
nobody = никто
fresh = свежие данные из облака, { $moment }
    .without-moment = свежие данные из облака
stale = устаревшие данные: последний ответ облака, { $moment }
    .without-moment = устаревшие данные: последний ответ облака
not-loaded = данных ещё нет: облако недоступно
no-plan = Планов нет.
no-camera = В этом аккаунте нет камер.
paid-twice = Оплачено дважды: `care purchases --return` вернёт деньги за один из планов.
add-plan-off = + Добавить план нельзя: { $reason }
add-plan-on = + Добавить план: `care plans` покажет, что продаётся.
choose-with = Выберите командой `care cameras set NAME,…`:
plan-covers = { $plan } включает: { $cameras }.
    .without-cameras = { $plan } не включает ни одной камеры.
plans-on-sale = Планы в продаже в магазине { $storefront }
links = Условия: { $terms } · Конфиденциальность: { $privacy }
buy-one = Купить: { $command }.

busy-asking = Обращение к облаку и магазину
busy-plans = Запрос планов в продаже
busy-restore = Поиск покупок
busy-sheet = Открыто окно оплаты
busy-telling = Отправка в облако
nothing-was-done = Ничего не сделано.
say-yes-with = Дайте согласие с помощью --yes или запустите команду в терминале, чтобы появился вопрос.
signed-in-as = Вход выполнен: { $who }.
signed-out = Выход выполнен. Купленное остаётся за аккаунтом.
erased = Удалено с этого телефона, выход выполнен. Списания, которые ещё идут, продолжатся до отмены.
not-signed-in-there = В этом облаке вход ещё не выполнен. Войти: `care --cloud URL --trust FILE sign-in NAME`.
unknown-name = Здесь нет { -tp-link-id } с именем { $name }. В новом мире есть anna, ben и cara.
sign-in-unreachable = Не удаётся связаться со службой входа ({ $why }). Вход остаётся прежним.
no-purchase = Покупок пока нет.
nothing-to-restore = У учётной записи магазина на этом телефоне нет покупок для восстановления.
restored = Найдено покупок: { $found }; предоставлено: { $granted }, ожидает: { $waiting }.
news-of = Новости о { $plan }:
earlier-news = Ранее, { $plan }: { $outcome }
left-out = Камера { $camera } не добавлена: { $reason }
    .without-reason = Камера { $camera } не добавлена.
next-choose = Теперь выберите камеры для этого плана.
not-finished = Ещё не завершено.
nothing-is-lost = Ничего не потеряно: следующая команда `care status` продолжит.
no-camera-of-that-name = В этом аккаунте нет камеры { $camera }. Есть: { $cameras }.
    .without-cameras = В этом аккаунте нет камеры { $camera }, как и других камер.
no-plan-for-cameras = Нет плана, в который можно добавить камеры. `care plans` покажет, что продаётся, `care subscribe PLAN` купит план.
no-such-plan = Нет плана с идентификатором { $id }. Есть: { $plans }.
    .without-plans = Нет плана с идентификатором { $id }. Планов пока нет.
which-plan = Подходит несколько планов: укажите один с помощью --for. Есть: { $plans }.
    .without-plans = Подходит несколько планов: укажите один с помощью --for.

head-plan = План
head-title = Название
head-stands = Состояние
head-cameras = Камеры
head-which = Какие
head-next = Дальше
head-id = Идентификатор
head-camera = Камера
head-model = Модель
head-now = Сейчас
head-care = План
head-cannot-be-added = Нельзя добавить, так как
head-free-trial = Бесплатный пробный период
head-start-or-cancel-with = Начать или отменить командой
head-for-this-plan = Для этого плана
head-purchase = Покупка
head-means = Что это значит
head-refused-by = Не принята здесь из-за
head-covers = Рассчитан на
head-price = Цена
head-receipt = Чек
head-product = Продукт
head-ledger = Среда
head-verified = Проверен здесь
head-paid-until = Оплачено до
head-cloud-says = Ответ облака
head-at-store = В магазине
head-comes-to = Выходит

cameras-of = { $selected } из { $capacity }
cameras-count = { $capacity-number ->
    [one] { $capacity } камеру
    [few] { $capacity } камеры
   *[many] { $capacity } камер
 }
price-each = { $price } { part-each-period }
comes-to = { $price } в месяц
plan-says = { $plan }: { $terms } { $manage }
field-says = { $name }: { $value }
camera-says = { $camera }: { $said }
next-renews = продлевается { $date }
next-ends = заканчивается { $date }
next-unknown = неизвестно
camera-is-online = в сети
camera-is-offline = не в сети
on-the-plan = в плане
taken-off = в плане, убрана
chosen = выбрана
can-be-added = можно добавить
cannot-be-added-because = нельзя добавить: { $reason }
a-purchase = покупка
verified = да
not-verified = нет: { $check }
    .without-check = нет
nothing-said-yet = пока нет
finished = завершено
not-finished-at-store = не завершено
trial-word = { $state ->
    [can_start] можно начать
    [kept] сохранён
    [today] заканчивается сегодня
    [active] идёт
    [paused] на паузе
    [used] использован
    [covered] не нужен
    [not_offered] не предлагается
    [offline] нет сети
   *[other] неизвестно
 }
trial-left = { part-days-left }
trial-paused-left = на паузе, { part-days-left }
trial-cancel-with = { $command }, навсегда
trial-hidden = { $camera }: о бесплатном пробном периоде больше не сообщается.
