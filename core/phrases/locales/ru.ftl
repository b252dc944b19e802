# Русский. A date may end in «г.», so no sentence ends in a date.

-tapo-care = Tapo Care
-app-store = App Store
-google-play = Google Play
-tp-link-id = TP-Link ID
-care-cloud = { $case ->
    [genitive] облака Care
    [instrumental] облаком Care
   *[nominative] облако Care
 }
-web-portal = { $case ->
    [prepositional] веб-портале
   *[nominative] веб-портал
 }

part-bought = { $channel ->
    [app_store] в { -app-store }
    [play] в { -google-play }
    [web] на { -web-portal(case: "prepositional") }
    [code] по коду активации
   *[other] другим способом
 }
part-phase = { $phase ->
    [pending] ожидает оплаты
    [active] активен
    [grace] льготный период: продление не удалось, будет повторная попытка
    [retry] приостановлен: продление не удалось
    [paused] на паузе
    [expired] истёк
    [revoked] отозван
    [refunded] деньги возвращены
    [superseded] заменён другим планом
   *[other] состояние, неизвестное этой версии
 }
part-answer = { $answer ->
    [granted] предоставлено
    [already_granted] предоставлено ранее
    [expired] оплаченный период закончился
    [superseded] её заменила другая покупка
    [revoked] магазин её отозвал
    [family_shared] поделился член семьи, здесь это ничего не даёт
    [test_purchase] тестовая покупка, здесь она ничего не даёт
    [bound_to_other] принадлежит другому { -tp-link-id }
    [not_genuine] не подлинная: магазин не знает такой покупки
    [pending_canceled] платёж отклонён или отменён
    [pending] платёж ожидается
    [needs_confirmation] требуется ваше согласие
    [unknown_product] продукт, который облаку пока неизвестен
   *[other] ответ, неизвестный этой версии
 }
part-each-period = { $period-unit ->
    [day] { $period-number ->
        [1] в день
        [one] за каждый { $period } день
        [few] за каждые { $period } дня
       *[many] за каждые { $period } дней
     }
    [week] { $period-number ->
        [1] в неделю
        [one] за каждую { $period } неделю
        [few] за каждые { $period } недели
       *[many] за каждые { $period } недель
     }
    [year] { $period-number ->
        [1] в год
        [one] за каждый { $period } год
        [few] за каждые { $period } года
       *[many] за каждые { $period } лет
     }
   *[month] { $period-number ->
        [1] в месяц
        [one] за каждый { $period } месяц
        [few] за каждые { $period } месяца
       *[many] за каждые { $period } месяцев
     }
 }
part-length = { $length-unit ->
    [week] { $length-number ->
        [one] { $length } неделя
        [few] { $length } недели
       *[many] { $length } недель
     }
    [month] { $length-number ->
        [one] { $length } месяц
        [few] { $length } месяца
       *[many] { $length } месяцев
     }
    [year] { $length-number ->
        [one] { $length } год
        [few] { $length } года
       *[many] { $length } лет
     }
   *[day] { $length-number ->
        [one] { $length } день
        [few] { $length } дня
       *[many] { $length } дней
     }
 }
part-days-left = { $days-number ->
    [one] остался { $days } день
    [few] осталось { $days } дня
   *[many] осталось { $days } дней
 }
part-one-in-app = В приложении можно подписаться только на один план.

## Buying

slot-taken = У вас уже есть план в приложении: { $plan }, куплен { part-bought } ({ part-phase }). { part-one-in-app }
slot-taken-elsewhere = У вас уже есть план в приложении, купленный { part-bought }. { part-one-in-app }
slot-pending = Покупка плана { $plan } ещё не завершена: она ожидает одобрения или оплаты. { part-one-in-app }
slot-being-bought = План { $plan } уже покупается. { part-one-in-app }
slot-being-set-up = Учётная запись магазина на этом телефоне уже оплачивает план этого аккаунта; он подключается.
owned-elsewhere = Учётная запись магазина на этом телефоне уже оплачивает план другого { -tp-link-id }. Ничего не переносится с одного на другой.
unbound-purchase = Учётная запись магазина на этом телефоне оплачивает план, не привязанный ни к одному { -tp-link-id }. Восстановите покупки, чтобы привязать его к текущему.
reserved-elsewhere = План для этого аккаунта прямо сейчас покупается на другом телефоне.
plan-not-on-sale = Этот план здесь не продаётся.
client-too-old = Эта версия приложения слишком старая, чтобы купить план. То, что у вас есть, работает как прежде.
already-covered = План, купленный в другом месте, уже включает камеры. Нужен ли вам ещё один план в приложении?
already-covered-by = { $plan }, купленный { part-bought }, уже включает: { $cameras }.
    .without-cameras = { $plan }, купленный { part-bought }, уже включает камеры.
bind-purchase = Найдена покупка без { -tp-link-id }: { $product }. Привязать её к этому аккаунту? Это делается один раз, и отменить это нельзя.
    .without-product = Найдена покупка без { -tp-link-id }. Привязать её к этому аккаунту? Это делается один раз, и отменить это нельзя.
renews-until-cancelled = Продлевается автоматически по цене { $price } { part-each-period } до отмены. Отменить можно в любое время в магазине.
portal-text = Другие планы продаются на { -web-portal(case: "prepositional") }.
portal-link = Другие планы продаются на { -web-portal(case: "prepositional") }: { $url }

## Changing, and a payment made twice

billed-elsewhere = План { $plan } куплен { part-bought }, изменить его можно только там.
not-on-this-store-account = План { $plan } куплен { part-bought }, но не с учётной записи магазина на этом телефоне. Используйте телефон, с которого он куплен, или управляйте им в магазине.
plan-not-changeable = План { $plan } сейчас нельзя изменить ({ part-phase }). Сначала уладьте оплату в магазине.
plan-is-current = У вас уже есть план { $plan }.
change-is-scheduled = Ваш план сменится на { $plan }, когда закончится оплаченный период. Это уже решено.
changes-on = { $date } сменится на { $plan }. Продлевается автоматически.
cameras-reduced = { $capacity-number ->
    [one] План { $plan } рассчитан на { $capacity } камеру, поэтому в нём остаётся только выбранная раньше всех: { $cameras }. Можно выбрать другую.
    [few] План { $plan } рассчитан на { $capacity } камеры, поэтому в нём остаются только выбранные раньше всех: { $cameras }. Можно выбрать другие.
   *[many] План { $plan } рассчитан на { $capacity } камер, поэтому в нём остаются только выбранные раньше всех: { $cameras }. Можно выбрать другие.
 }
    .without-cameras = { $capacity-number ->
        [one] План { $plan } рассчитан на { $capacity } камеру, поэтому в нём остаётся только выбранная раньше всех. Можно выбрать другую.
        [few] План { $plan } рассчитан на { $capacity } камеры, поэтому в нём остаются только выбранные раньше всех. Можно выбрать другие.
       *[many] План { $plan } рассчитан на { $capacity } камер, поэтому в нём остаются только выбранные раньше всех. Можно выбрать другие.
     }
price-change-needs-consent = С { $date } план { $plan } будет стоить { $to } вместо { $from }. Согласитесь в магазине, иначе в этот день план закончится.
price-changes = С { $date } план { $plan } стоит { $to } вместо { $from }. До этого его можно отменить в магазине.
return-double-payment = Оплачены два плана. Завершить один из них сейчас и вернуть за него деньги?
double-payment-ends = План { $plan }, купленный { part-bought }, завершается, деньги за него возвращаются.
double-payment-stays = План { $plan }, купленный { part-bought }, остаётся.
not-paid-twice = Дважды ничего не оплачено, возвращать нечего.

## Plans

renews-on = { $date } план автоматически продлевается.
ends-on = Заканчивается { $date } и не продлевается.
ended-on = { $date } срок истёк.
plan-phase = Состояние: { part-phase }.
account-not-loaded = Пока неизвестно, что есть у этого аккаунта: не удалось связаться с { -care-cloud(case: "instrumental") }.
not-signed-in = Вход не выполнен.
sign-in-needed = Нужно войти снова.

## Purchases under way

purchase-sheet-open = { $plan }: окно оплаты открыто.
    .without-plan = Окно оплаты открыто.
purchase-checking = { $plan }: идёт проверка в магазине и в облаке.
    .without-plan = Идёт проверка в магазине и в облаке.
purchase-pending = { $plan }: ожидается одобрение или оплата.
    .without-plan = Покупка ожидает одобрения или оплаты.
purchase-confirming = { $plan }: оплачено, подключается. План появится, как только облако его подтвердит.
    .without-plan = Покупка оплачена и подключается. Она появится, как только облако её подтвердит.
purchase-waiting = { $plan }: облако получило покупку и пока не может сказать больше. Запрос повторится автоматически.
    .without-plan = Облако получило покупку и пока не может сказать больше. Запрос повторится автоматически.
purchase-needs-confirmation = { $plan }: покупка не привязана ни к одному { -tp-link-id }. Восстановите покупки, чтобы привязать её к текущему.
    .without-plan = Покупка не привязана ни к одному { -tp-link-id }. Восстановите покупки, чтобы привязать её к текущему.
purchase-refused-here = { $plan }: чек не принят на этом телефоне. Облако узнаёт у магазина, как обстоит дело.
    .without-plan = Чек не принят на этом телефоне. Облако узнаёт у магазина, как обстоит дело.
purchase-not-genuine = { $plan }: магазин не знает такой покупки. Она ничего не даёт, и больше ничего не меняется.
    .without-plan = Магазин не знает такой покупки. Она ничего не даёт, и больше ничего не меняется.
purchase-of-another-account = На этом телефоне ожидает покупка другого { -tp-link-id }.
clock-suspect = Часы этого телефона расходятся с часами облака. То, что у вас есть, от них не зависит.

## Cameras

camera-firmware-too-old = Прошивка камеры устарела. Обновите её до версии { $version } или новее.
    .without-version = Прошивка камеры устарела. Обновите её до последней версии.
camera-offline = Нет доступа к интернету. Подключите камеру к интернету.
camera-model-not-supported = План не поддерживает эту модель.
camera-blocked = Камеру нельзя добавить по причине, неизвестной этой версии.
camera-cannot-be-added = { $reason ->
    [firmware_too_old] Камеру { $camera } нельзя добавить: её прошивка устарела. Сначала обновите её до последней версии.
    [offline] Камеру { $camera } нельзя добавить: у неё нет доступа к интернету. Сначала подключите её к интернету.
    [model_not_supported] Камеру { $camera } нельзя добавить: план не поддерживает её модель.
   *[other] Камеру { $camera } нельзя добавить по причине, неизвестной этой версии.
 }
camera-covered = Камера { $camera } уже включена в другой план.
over-capacity = { $capacity-number ->
    [one] План рассчитан на { $capacity } камеру; выбрано: { $asked }.
    [few] План рассчитан на { $capacity } камеры; выбрано: { $asked }.
   *[many] План рассчитан на { $capacity } камер; выбрано: { $asked }.
 }
    .without-asked = { $capacity-number ->
        [one] План рассчитан на { $capacity } камеру.
        [few] План рассчитан на { $capacity } камеры.
       *[many] План рассчитан на { $capacity } камер.
     }
unknown-camera = В этом аккаунте нет камеры { $camera }.
    .without-camera = В этом аккаунте нет такой камеры.
empty-selection = Выберите хотя бы одну камеру для нового плана.
no-access = План сейчас не действует, поэтому выбрать его камеры нельзя.
unknown-subscription = В этом аккаунте нет такого плана.
cameras-changed-elsewhere = Камеры этого плана только что изменили в другом месте. Проверьте и выберите ещё раз.
dont-see-your-camera = Не видите свою камеру? Обновите её прошивку до последней версии, подключите её к интернету и проверьте, что она привязана к этому { -tp-link-id }.

## Free trials of a camera: never charged, and ending by themselves

trial-eligible = Можно начать бесплатный пробный период ({ part-length }). Он закончится сам, деньги не спишутся.
    .without-length = Можно начать бесплатный пробный период. Он закончится сам, деньги не спишутся.
trial-covered = Камера включена в план, бесплатный пробный период не нужен.
trial-active = Бесплатный пробный период: { part-days-left }, { $date } он закончится. Деньги не спишутся.
    .without-date = Бесплатный пробный период: { part-days-left }. Деньги не спишутся.
trial-active-until = Бесплатный пробный период: { $date } он закончится. Деньги не спишутся.
    .without-date = Идёт бесплатный пробный период. Деньги не спишутся.
trial-ends-today = Бесплатный пробный период: заканчивается сегодня. Деньги не спишутся.
trial-over = Бесплатный пробный период закончился.
trial-used = У этой камеры уже был бесплатный пробный период.
trial-not-offered = Для этой камеры бесплатный пробный период не предлагается.
trial-unknown = Сейчас неизвестно, предлагается ли пробный период.
trial-paused = Бесплатный пробный период на паузе, пока камера включена в план: { part-days-left }.
trial-paused-rest-unknown = Бесплатный пробный период на паузе, пока камера включена в план.

## What could not be asked

cloud-unreachable = Не удаётся связаться с { -care-cloud(case: "instrumental") }.
cloud-not-understood = Ответ пришёл не от { -care-cloud(case: "genitive") } или был изменён по пути. Ничего из него не принято.
cloud-refused = Запрос отклонён: { -care-cloud } не разрешает это.
store-unreachable = Не удаётся связаться с магазином.
time-unknown = Время пока неизвестно. Повторите попытку, когда облако ответит.
insecure-url = Адрес облака небезопасен.
trust-unusable = Данные доверия непригодны: корневой сертификат или идентификатор приложения отсутствует или не читается.

## Files

folder-in-use = { -tapo-care } уже работает в другом процессе. Сначала завершите его.
folder-read-only = Папка { -tapo-care } доступна только для чтения. Ничего не изменено.
folder-from-newer-version = Папка { -tapo-care } создана более новой версией. Ничего не изменено.
journal-from-newer-version = Журнал покупок создан более новой версией. Ничего не изменено.
folder-unusable = Папку { -tapo-care } нельзя использовать.
disk-full = На этом устройстве не осталось места.
disk-gone = Файлы больше не записываются. Запустите приложение заново.
vault-unavailable = Защищённое хранилище телефона заблокировано.
closed = Уже закрыто.

## What should not happen

task-lost = Внутренняя ошибка: потеряна задача. Покупки не потеряны.
empty-304 = Внутренняя ошибка: ответ без вопроса.
event-unwritable = Внутренняя ошибка: не удалось записать событие.

## Words for states

phase = { part-phase }
cover = { $cover ->
    [covered] включена в план
    [not_covered] не включена в план
    [unknown] неизвестно
   *[other] неизвестно
 }
answer = { part-answer }
purchase-state = { $state ->
    [sheet_open] в окне оплаты
    [checking] проверяется
    [pending] ожидается
    [confirming] оплачена, подключается
    [waiting] ждёт ответа облака
    [needs_confirmation] требуется ваше согласие
    [refused_here] не принята здесь
    [not_genuine] не подлинная
   *[other] неизвестно
 }
money-not-charged = Деньги не списаны.
money-maybe-charged = Деньги, возможно, списаны; это выясняется, и вам сообщат.
money-charged = Деньги списаны.
action-sign-in = Войдите снова.
action-manage-subscription = Управляйте подпиской там, где она куплена.
action-confirm = Прочитайте и подтвердите.
action-change-selection = Выберите другие камеры или меньше камер.
action-update-firmware = Обновите прошивку камеры до последней версии.
action-check-internet = Проверьте подключение к интернету.
action-wait = Подождите: всё продолжится автоматически.
action-update-app = Обновите приложение.
action-fix-storage = Освободите место и повторите попытку.
action-contact-support = Обратитесь в службу поддержки.
retry-after = { $seconds-number ->
    [one] Повторите попытку через { $seconds } секунду.
    [few] Повторите попытку через { $seconds } секунды.
   *[many] Повторите попытку через { $seconds } секунд.
 }
retry-automatic = Попытка повторится автоматически.
outcome-granted = Готово: план ваш.
outcome-pending = Ожидается одобрение или оплата; дальше всё произойдёт автоматически.
outcome-cancelled = Отменено: окно оплаты закрыто.
outcome-failed = Не удалось: магазин не смог этого сделать ({ $code }).
    .without-code = Не удалось: магазин не смог этого сделать.
outcome-not-granted = По этой покупке план не предоставлен: { part-answer }.
    .without-answer = По этой покупке план не предоставлен.
outcome-scheduled = Принято: план сменится, когда закончится оплаченный период. До этого деньги не списываются.
returned-given-back = План завершён, деньги за него возвращаются.
returned-requested = Запрос отправлен в Apple, решение будет через несколько дней. До этого остаются оба плана.
returned-cancelled = Запрос не отправлен: остаются оба плана.
manage-app-store = Управлять планом и отменить его можно в { -app-store }.
manage-google-play = Управлять планом и отменить его можно в { -google-play }.
manage-portal = Управлять планом и отменить его можно на { -web-portal(case: "prepositional") }.
manage-nowhere = План закончится сам.
manage-unknown = Управлять планом можно там, где он куплен.
clock-unknown = Время неизвестно, поэтому нельзя сказать, какие камеры включены в план: это станет видно, когда облако ответит.
