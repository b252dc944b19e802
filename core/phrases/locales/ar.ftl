# العربية. The brands are written from left to right, so each term isolates itself.

-tapo-care = { "\u2068" }Tapo Care{ "\u2069" }
-app-store = { "\u2068" }App Store{ "\u2069" }
-google-play = { "\u2068" }Google Play{ "\u2069" }
-tp-link-id = { "\u2068" }TP-Link ID{ "\u2069" }
-care-cloud = سحابة { "\u2068" }Care{ "\u2069" }
-web-portal = بوابة الويب
-kasa = { "\u2068" }Kasa{ "\u2069" }

part-bought = { $channel ->
    [app_store] من { -app-store }
    [play] من { -google-play }
    [web] من { -web-portal }
    [code] برمز استرداد
   *[other] بطريقة أخرى
 }
part-phase = { $phase ->
    [pending] في انتظار الدفع
    [active] نشطة
    [grace] في فترة سماح: فشل التجديد وستُعاد المحاولة
    [retry] معلّقة: فشل التجديد
    [paused] متوقفة مؤقتًا
    [expired] منتهية
    [revoked] مسحوبة
    [refunded] أُعيد المبلغ
    [superseded] حلّت محلها خطة أخرى
   *[other] في حالة لا يعرفها هذا الإصدار
 }
part-answer = { $answer ->
    [granted] مُنحت
    [already_granted] مُنحت من قبل
    [expired] انتهت المدة المدفوعة
    [superseded] حلّت محلها عملية شراء أخرى
    [revoked] سحبها المتجر
    [family_shared] شاركها أحد أفراد العائلة، ولا تمنح شيئًا هنا
    [test_purchase] عملية شراء تجريبية، ولا تمنح شيئًا هنا
    [bound_to_other] تخص { -tp-link-id } آخر
    [not_genuine] غير أصلية: لا يعرف المتجر عملية شراء كهذه
    [pending_canceled] رُفض الدفع أو أُلغي
    [pending] الدفع قيد الانتظار
    [needs_confirmation] تحتاج إلى موافقتك
    [unknown_product] منتج لا تعرفه السحابة بعد
   *[other] رد لا يعرفه هذا الإصدار
 }
part-each-period = { $period-unit ->
    [day] { $period-number ->
        [zero] كل { $period } يوم
        [one] كل يوم
        [two] كل يومين
        [few] كل { $period } أيام
        [many] كل { $period } يومًا
       *[other] كل { $period } يوم
     }
    [week] { $period-number ->
        [zero] كل { $period } أسبوع
        [one] كل أسبوع
        [two] كل أسبوعين
        [few] كل { $period } أسابيع
        [many] كل { $period } أسبوعًا
       *[other] كل { $period } أسبوع
     }
    [year] { $period-number ->
        [zero] كل { $period } سنة
        [one] كل سنة
        [two] كل سنتين
        [few] كل { $period } سنوات
        [many] كل { $period } سنة
       *[other] كل { $period } سنة
     }
   *[month] { $period-number ->
        [zero] كل { $period } شهر
        [one] كل شهر
        [two] كل شهرين
        [few] كل { $period } أشهر
        [many] كل { $period } شهرًا
       *[other] كل { $period } شهر
     }
 }
part-length = { $length-unit ->
    [week] { $length-number ->
        [zero] { $length } أسبوع
        [one] أسبوع واحد
        [two] أسبوعان
        [few] { $length } أسابيع
        [many] { $length } أسبوعًا
       *[other] { $length } أسبوع
     }
    [month] { $length-number ->
        [zero] { $length } شهر
        [one] شهر واحد
        [two] شهران
        [few] { $length } أشهر
        [many] { $length } شهرًا
       *[other] { $length } شهر
     }
    [year] { $length-number ->
        [zero] { $length } سنة
        [one] سنة واحدة
        [two] سنتان
        [few] { $length } سنوات
        [many] { $length } سنة
       *[other] { $length } سنة
     }
   *[day] { $length-number ->
        [zero] { $length } يوم
        [one] يوم واحد
        [two] يومان
        [few] { $length } أيام
        [many] { $length } يومًا
       *[other] { $length } يوم
     }
 }
part-days-left = { $days-number ->
    [zero] لم تبقَ أيام
    [one] بقي يوم واحد
    [two] بقي يومان
    [few] بقيت { $days } أيام
    [many] بقي { $days } يومًا
   *[other] بقي { $days } يوم
 }
part-one-in-app = لا يمكن الاشتراك في التطبيق إلا في خطة واحدة.
part-cancel-where = { $where ->
    [app_store] ألغِها من { -app-store }.
    [play] ألغِها من { -google-play }.
    [web] ألغِها من { -web-portal }.
    [code] ألغِها من حيث اشتُريت.
   *[other] ألغِها من حيث اشتُريت.
 }

## Buying

slot-taken = لديك خطة في التطبيق بالفعل: { $plan }، اشتُريت { part-bought } ({ part-phase }). { part-one-in-app }
slot-taken-elsewhere = لديك خطة في التطبيق بالفعل، اشتُريت { part-bought }. { part-one-in-app }
slot-pending = شراء { $plan } قيد الانتظار: في انتظار موافقة أو دفع. { part-one-in-app }
slot-being-bought = يجري شراء { $plan } بالفعل. { part-one-in-app }
slot-being-set-up = حساب المتجر على هذا الهاتف يدفع بالفعل مقابل خطة لهذا الحساب، ويجري إعدادها.
owned-elsewhere = حساب المتجر على هذا الهاتف يدفع بالفعل مقابل خطة تخص { -tp-link-id } آخر. لا يُنقل شيء من أحدهما إلى الآخر.
unbound-purchase = حساب المتجر على هذا الهاتف يدفع مقابل خطة غير مرتبطة بأي { -tp-link-id }. استعد المشتريات لربطها بالحساب الحالي.
reserved-elsewhere = يجري الآن شراء خطة لهذا الحساب على هاتف آخر.
plan-not-on-sale = هذه الخطة غير معروضة للبيع هنا.
client-too-old = إصدار التطبيق هذا أقدم من أن يتيح شراء خطة. ما لديك يستمر كما كان.
already-covered = توجد خطة اشتُريت من مكان آخر وتغطي كاميرات بالفعل. هل تريد خطة أخرى في التطبيق؟
already-covered-by = { $plan }، التي اشتُريت { part-bought }، تغطي بالفعل: { $cameras }.
    .without-cameras = { $plan }، التي اشتُريت { part-bought }، تغطي كاميرات بالفعل.
bind-purchase = عُثر على عملية شراء بلا { -tp-link-id }: { $product }. هل تريد ربطها بهذا الحساب؟ يتم ذلك مرة واحدة ولا يمكن التراجع عنه.
    .without-product = عُثر على عملية شراء بلا { -tp-link-id }. هل تريد ربطها بهذا الحساب؟ يتم ذلك مرة واحدة ولا يمكن التراجع عنه.
renews-until-cancelled = تتجدد تلقائيًا بسعر { $price } { part-each-period } حتى الإلغاء. يمكنك الإلغاء في أي وقت من المتجر.
trial-then-renews = فترة تجريبية مجانية لمدة ({ part-length })، ثم { $price } { part-each-period } ما لم تُلغَ قبل { $date }. تتجدد تلقائيًا، ويمكنك الإلغاء في أي وقت من المتجر.
    .without-date = فترة تجريبية مجانية لمدة ({ part-length })، ثم { $price } { part-each-period } ما لم تُلغَ قبل انتهاء الفترة التجريبية. تتجدد تلقائيًا، ويمكنك الإلغاء في أي وقت من المتجر.
store-trial-not-offered = لا يقدم المتجر لحساب المتجر هذا فترة تجريبية مجانية مع هذه الخطة.
sold-without-trial = باع المتجر الخطة بالسعر الكامل، بدون الفترة التجريبية المجانية. إن لم يناسبك ذلك فأدِرها من المتجر.
sold-with-trial = قدّم المتجر معها فترة تجريبية مجانية: لا يُخصم شيء قبل انتهائها.
portal-text = تُباع خطط أخرى على { -web-portal }.
portal-link = تُباع خطط أخرى على { -web-portal }: { $url }

## Changing, and a payment made twice

billed-elsewhere = { $plan }: خطة اشتُريت { part-bought }، ولا يمكن تغييرها إلا هناك.
not-on-this-store-account = { $plan }: خطة اشتُريت { part-bought }، ولكن ليس بحساب المتجر على هذا الهاتف. استخدم الهاتف الذي اشتُريت به، أو أدِرها من المتجر.
plan-not-changeable = لا يمكن تغيير { $plan } الآن ({ part-phase }). سوِّ الدفع في المتجر أولًا.
plan-is-current = لديك { $plan } بالفعل.
change-is-scheduled = ستتغير خطتك إلى { $plan } عند انتهاء المدة المدفوعة. تم تثبيت ذلك بالفعل.
changes-on = تتغير إلى { $plan } في { $date }. تتجدد تلقائيًا.
change-waits-at-store = التغيير إلى { $plan } مقرر عند انتهاء المدة المدفوعة، ولا يقبل { -google-play } أي تغيير آخر قبل ذلك. أدِر الخطة من { -google-play }.
no-change-waits = لا يوجد تغيير مقرر للخطة.
cameras-reduced = { $capacity-number ->
    [zero] لا تغطي { $plan } أي كاميرا؛ ما زالت مشمولة: { $cameras }. يمكنك اختيار غيرها.
    [one] تغطي { $plan } كاميرا واحدة، لذا تبقى مشمولةً الأقدم اختيارًا فقط: { $cameras }. يمكنك اختيار غيرها.
    [two] تغطي { $plan } كاميرتين، لذا تبقى مشمولةً الأقدم اختيارًا فقط: { $cameras }. يمكنك اختيار غيرها.
    [few] تغطي { $plan } { $capacity } كاميرات، لذا تبقى مشمولةً الأقدم اختيارًا فقط: { $cameras }. يمكنك اختيار غيرها.
    [many] تغطي { $plan } { $capacity } كاميرا، لذا تبقى مشمولةً الأقدم اختيارًا فقط: { $cameras }. يمكنك اختيار غيرها.
   *[other] تغطي { $plan } { $capacity } كاميرا، لذا تبقى مشمولةً الأقدم اختيارًا فقط: { $cameras }. يمكنك اختيار غيرها.
 }
    .without-cameras = { $capacity-number ->
        [zero] لا تغطي { $plan } أي كاميرا.
        [one] تغطي { $plan } كاميرا واحدة، لذا تبقى مشمولةً الأقدم اختيارًا فقط. يمكنك اختيار غيرها.
        [two] تغطي { $plan } كاميرتين، لذا تبقى مشمولةً الأقدم اختيارًا فقط. يمكنك اختيار غيرها.
        [few] تغطي { $plan } { $capacity } كاميرات، لذا تبقى مشمولةً الأقدم اختيارًا فقط. يمكنك اختيار غيرها.
        [many] تغطي { $plan } { $capacity } كاميرا، لذا تبقى مشمولةً الأقدم اختيارًا فقط. يمكنك اختيار غيرها.
       *[other] تغطي { $plan } { $capacity } كاميرا، لذا تبقى مشمولةً الأقدم اختيارًا فقط. يمكنك اختيار غيرها.
     }
price-change-needs-consent = سيصبح سعر { $plan } { $to } بدلًا من { $from } ابتداءً من { $date }. وافق في المتجر، وإلا انتهت الخطة في ذلك اليوم.
price-changes = يصبح سعر { $plan } { $to } بدلًا من { $from } ابتداءً من { $date }. يمكنك الإلغاء من المتجر قبل ذلك.
return-double-payment = دُفع ثمن خطتين. هل تريد إنهاء إحداهما الآن واسترداد مبلغها؟
double-payment-ends = { $plan }، التي اشتُريت { part-bought }، تنتهي ويُرد مبلغها.
double-payment-stays = { $plan }، التي اشتُريت { part-bought }، تبقى.
not-paid-twice = لم يُدفع شيء مرتين، فلا يوجد ما يُرد.

## Plans

renews-on = تتجدد تلقائيًا في { $date }.
ends-on = تنتهي في { $date } ولا تتجدد.
ended-on = انتهت في { $date }.
plan-phase = الحالة: { part-phase }.
account-not-loaded = محتوى هذا الحساب غير معروف بعد: تعذّر سؤال { -care-cloud }.
not-signed-in = لم يسجّل أحد الدخول.
sign-in-needed = عليك تسجيل الدخول مرة أخرى.
then-paid = فترة تجريبية مجانية حتى { $date }، ثم { $price } { part-each-period } ما لم تُلغَ قبل ذلك.
grace-until = لم يُدفع التجديد. يبقى ما تغطيه الخطة مشمولًا حتى { $date } بينما يعيد المتجر المحاولة.
resumes-on = متوقفة مؤقتًا. تُستأنف في { $date }.
covers-every-camera = تغطي الخطة جميع كاميرات الحساب، فلا داعي للاختيار.
plan-is-over = انتهت الخطة.
code-ends-by-itself = جاءت برمز استرداد: تنتهي من تلقاء نفسها ولا يمكن تغييرها ولا إلغاؤها.
code-is-not-refunded = جاءت برمز استرداد، ولا يُرد مبلغه.
managed-where-unknown = أدِرها من حيث اشتُريت.
renewal-is-off = لم تعد تتجدد: تنتهي في { $date }.
    .without-date = لم تعد تتجدد.
trial-never-comes-back = الفترة التجريبية المجانية التي تُلغى تنتهي نهائيًا ولا تعود أبدًا.
legacy-cancels-all = ينهي الإلغاء جميع الخطط القديمة للحساب فورًا ونهائيًا. يُرد مبلغ ما لم يُستخدم إلى البطاقة المسجلة.
legacy-is-not-changed = لا يمكن إلا إلغاء الخطة القديمة أو ترحيلها.
cancels-at-once = ينهيها الإلغاء فورًا. تُحفظ التسجيلات الخارجة عن الخطة المجانية حتى { $date }، ثم تُمحى نهائيًا.
    .without-date = ينهيها الإلغاء فورًا. تُمحى التسجيلات الخارجة عن الخطة المجانية نهائيًا.
cancel-keeps-access = إذا أُلغيت قبل { $date } فإنها تغطي حتى نهاية المدة المدفوعة ولا تتجدد.
    .without-date = إذا أُلغيت فإنها تغطي حتى نهاية المدة المدفوعة ولا تتجدد.
changed-where-bought = تُغيَّر من حيث اشتُريت.
not-changed-while = لا يمكن تغييرها الآن ({ part-phase }).

## Purchases under way

purchase-sheet-open = { $plan }: نافذة الدفع مفتوحة.
    .without-plan = نافذة الدفع مفتوحة.
purchase-checking = { $plan }: يجري التحقق لدى المتجر والسحابة.
    .without-plan = يجري التحقق لدى المتجر والسحابة.
purchase-pending = { $plan }: في انتظار موافقة أو دفع.
    .without-plan = عملية شراء في انتظار موافقة أو دفع.
purchase-confirming = { $plan }: تم الدفع، ويجري الإعداد. ستظهر حالما تؤكدها السحابة.
    .without-plan = عملية شراء مدفوعة ويجري إعدادها. ستظهر حالما تؤكدها السحابة.
purchase-waiting = { $plan }: وصلت عملية الشراء إلى السحابة ولا يمكنها قول المزيد بعد. ستُسأل مرة أخرى تلقائيًا.
    .without-plan = وصلت عملية شراء إلى السحابة ولا يمكنها قول المزيد بعد. ستُسأل مرة أخرى تلقائيًا.
purchase-needs-confirmation = { $plan }: عملية الشراء غير مرتبطة بأي { -tp-link-id }. استعد المشتريات لربطها بالحساب الحالي.
    .without-plan = توجد عملية شراء غير مرتبطة بأي { -tp-link-id }. استعد المشتريات لربطها بالحساب الحالي.
purchase-refused-here = { $plan }: لم يُقبل إيصالها على هذا الهاتف. تسأل السحابة المتجر عن الحقيقة.
    .without-plan = لم يُقبل إيصال على هذا الهاتف. تسأل السحابة المتجر عن الحقيقة.
purchase-not-genuine = { $plan }: لا يعرف المتجر عملية شراء كهذه. لا تمنح شيئًا، ولا يتغير شيء آخر.
    .without-plan = لا يعرف المتجر عملية شراء كهذه. لا تمنح شيئًا، ولا يتغير شيء آخر.
purchase-of-another-account = عملية شراء تخص { -tp-link-id } آخر تنتظر على هذا الهاتف.
unknown-purchase = لم يبدأ هذا الحساب عملية شراء كهذه على هذا الهاتف.
not-pending = عملية الشراء هذه لا تنتظر أي موافقة: إنها جارية، أو انتهت.
pending-at-store = الدفع الذي تنتظره عملية الشراء هذه لدى المتجر، وسيخبر المتجر من تلقاء نفسه كيف ينتهي.
clock-suspect = ساعة هذا الهاتف لا تتفق مع ساعة السحابة. ما لديك لا يتوقف عليها.

## Cameras

camera-firmware-too-old = برنامجها الثابت قديم جدًا. حدّثه إلى { $version } أو أحدث.
    .without-version = برنامجها الثابت قديم جدًا. حدّثه إلى أحدث إصدار.
camera-offline = غير متصلة بالإنترنت. صِلها بالإنترنت.
camera-model-not-supported = الخطة لا تدعم طرازها.
camera-blocked = لا يمكن إضافتها لسبب لا يعرفه هذا الإصدار.
camera-cannot-be-added = { $reason ->
    [firmware_too_old] لا يمكن إضافة { $camera }: برنامجها الثابت قديم جدًا. حدّثه إلى أحدث إصدار أولًا.
    [offline] لا يمكن إضافة { $camera }: غير متصلة بالإنترنت. صِلها بالإنترنت أولًا.
    [model_not_supported] لا يمكن إضافة { $camera }: الخطة لا تدعم طرازها.
   *[other] لا يمكن إضافة { $camera } لسبب لا يعرفه هذا الإصدار.
 }
camera-covered = { $camera } تغطيها خطة أخرى بالفعل.
over-capacity = { $capacity-number ->
    [zero] لا تغطي الخطة أي كاميرا؛ واخترت { $asked }.
    [one] تغطي الخطة كاميرا واحدة؛ واخترت { $asked }.
    [two] تغطي الخطة كاميرتين؛ واخترت { $asked }.
    [few] تغطي الخطة { $capacity } كاميرات؛ واخترت { $asked }.
    [many] تغطي الخطة { $capacity } كاميرا؛ واخترت { $asked }.
   *[other] تغطي الخطة { $capacity } كاميرا؛ واخترت { $asked }.
 }
    .without-asked = { $capacity-number ->
        [zero] لا تغطي الخطة أي كاميرا.
        [one] تغطي الخطة كاميرا واحدة.
        [two] تغطي الخطة كاميرتين.
        [few] تغطي الخطة { $capacity } كاميرات.
        [many] تغطي الخطة { $capacity } كاميرا.
       *[other] تغطي الخطة { $capacity } كاميرا.
     }
unknown-camera = ليس في هذا الحساب كاميرا { $camera }.
    .without-camera = ليس في هذا الحساب كاميرا كهذه.
empty-selection = اختر كاميرا واحدة على الأقل للخطة الجديدة.
no-access = الخطة لا تتيح الوصول الآن، لذا لا يمكن اختيار كاميراتها.
unknown-subscription = ليس في هذا الحساب خطة كهذه.
cameras-changed-elsewhere = تغيّرت كاميرات هذه الخطة من مكان آخر للتو. راجعها واختر مرة أخرى.
dont-see-your-camera = ألا ترى كاميرتك؟ حدّثها إلى أحدث برنامج ثابت، وصِلها بالإنترنت، وتأكد من أنها مرتبطة بـ { -tp-link-id } هذا.

## Why a camera is covered or not

camera-is-covered = { $camera } ({ $model }) مشمولة.
camera-is-not-covered = { $camera } ({ $model }) غير مشمولة.
camera-cover-unknown = لا يمكن القول الآن ما إذا كانت { $camera } ({ $model }) مشمولة.
camera-covered-twice = { $camera } ({ $model }) تغطيها خطتان، وإحداهما لا تضيف إليها شيئًا.
covered-by-plan = تغطيها { $plan }.
covered-by-account-plan = تغطي { $plan } جميع كاميرات الحساب.
covered-by-code = تغطيها { $plan }، من رمز استرداد.
plan-ended = هي ضمن { $plan }، التي انتهت.
plan-without-access = هي ضمن { $plan }، التي لا تغطي شيئًا الآن ({ part-phase }).
not-on-plan = ليست من كاميرات { $plan }.
plan-not-understood = هي ضمن { $plan }، التي لا يعرف هذا الإصدار حالتها.
cover-without-time = الوقت غير معروف، لذا لا يمكن تحديد التغطية.
cover-too-old = مضى وقت طويل على آخر سؤال للسحابة. اتصل بالإنترنت لترى ما هو مشمول.
no-plan-now = لا توجد الآن خطة تغطي كاميرات.
no-plan-to-choose-for = لا توجد خطة لإضافتها إليها.
on-plan-already = هي ضمن { $plan } بالفعل.
plan-is-full = { $capacity-number ->
    [zero] لا تغطي { $plan } أي كاميرا.
    [one] تغطي { $plan } كاميرا واحدة، ولم يبقَ فيها مكان. أزِل تلك الكاميرا أولًا.
    [two] تغطي { $plan } كاميرتين، ولم يبقَ فيها مكان. أزِل إحداهما أولًا.
    [few] تغطي { $plan } { $capacity } كاميرات، ولم يبقَ فيها مكان. أزِل إحداها أولًا.
    [many] تغطي { $plan } { $capacity } كاميرا، ولم يبقَ فيها مكان. أزِل إحداها أولًا.
   *[other] تغطي { $plan } { $capacity } كاميرا، ولم يبقَ فيها مكان. أزِل إحداها أولًا.
 }
on-no-plan = ليست ضمن أي خطة.
camera-can-be-added = يمكن إضافتها إلى خطة.
said-last = هذا آخر رد من السحابة، وربما تغيّر شيء منذ ذلك الحين.

## Choosing the cameras of a plan

picker-choose = { $capacity-number ->
    [zero] لا يمكن اختيار أي كاميرا لخطة { $plan }.
    [one] اختر كاميرا واحدة لخطة { $plan }.
    [two] اختر حتى كاميرتين لخطة { $plan }.
    [few] اختر حتى { $capacity } كاميرات لخطة { $plan }.
    [many] اختر حتى { $capacity } كاميرا لخطة { $plan }.
   *[other] اختر حتى { $capacity } كاميرا لخطة { $plan }.
 }
picker-not-all-added = { $cameras-number ->
    [zero] أُضيفت جميع الكاميرات التي اختيرت عند الشراء.
    [one] تعذّرت حتى الآن إضافة كاميرا واحدة اختيرت عند الشراء.
    [two] تعذّرت حتى الآن إضافة كاميرتين اختيرتا عند الشراء.
    [few] تعذّرت حتى الآن إضافة { $cameras } كاميرات اختيرت عند الشراء.
    [many] تعذّرت حتى الآن إضافة { $cameras } كاميرا اختيرت عند الشراء.
   *[other] تعذّرت حتى الآن إضافة { $cameras } كاميرا اختيرت عند الشراء.
 }
picker-changed-elsewhere = تغيّرت كاميرات هذه الخطة من مكان آخر. هذا اختيارك مع تلك التغييرات.
picker-changed-and-left-out = { $cameras-number ->
    [zero] تغيّرت كاميرات هذه الخطة من مكان آخر. بقيت جميع الكاميرات التي اخترتها.
    [one] تغيّرت كاميرات هذه الخطة من مكان آخر. كاميرا واحدة مما اخترت لم يعد لها مكان أو لم تعد موجودة.
    [two] تغيّرت كاميرات هذه الخطة من مكان آخر. كاميرتان مما اخترت لم يعد لهما مكان أو لم تعودا موجودتين.
    [few] تغيّرت كاميرات هذه الخطة من مكان آخر. { $cameras } كاميرات مما اخترت لم يعد لها مكان أو لم تعد موجودة.
    [many] تغيّرت كاميرات هذه الخطة من مكان آخر. { $cameras } كاميرا مما اخترت لم يعد لها مكان أو لم تعد موجودة.
   *[other] تغيّرت كاميرات هذه الخطة من مكان آخر. { $cameras } كاميرا مما اخترت لم يعد لها مكان أو لم تعد موجودة.
 }

## Free trials of a camera: never charged, and ending by themselves

trial-eligible = يمكن بدء فترة تجريبية مجانية ({ part-length }). تنتهي من تلقاء نفسها ولن تُحصَّل منك أي رسوم.
    .without-length = يمكن بدء فترة تجريبية مجانية. تنتهي من تلقاء نفسها ولن تُحصَّل منك أي رسوم.
trial-covered = تغطيها خطة، فلا حاجة إلى فترة تجريبية مجانية.
trial-active = فترة تجريبية مجانية: { part-days-left }، وتنتهي في { $date }. لن تُحصَّل منك أي رسوم.
    .without-date = فترة تجريبية مجانية: { part-days-left }. لن تُحصَّل منك أي رسوم.
trial-active-until = فترة تجريبية مجانية: تنتهي في { $date }. لن تُحصَّل منك أي رسوم.
    .without-date = الفترة التجريبية المجانية جارية. لن تُحصَّل منك أي رسوم.
trial-ends-today = فترة تجريبية مجانية: تنتهي اليوم. لن تُحصَّل منك أي رسوم.
trial-over = انتهت الفترة التجريبية المجانية.
trial-used = استُخدمت الفترة التجريبية المجانية لهذه الكاميرا.
trial-not-offered = لا تتوفر فترة تجريبية مجانية لهذه الكاميرا.
trial-unknown = لا يُعرف الآن ما إذا كانت الفترة التجريبية متاحة.
trial-paused = الفترة التجريبية المجانية متوقفة مؤقتًا ما دامت خطة تغطي الكاميرا، { part-days-left }.
trial-paused-rest-unknown = الفترة التجريبية المجانية متوقفة مؤقتًا ما دامت خطة تغطي الكاميرا.
trial-not-for-model = لا تتوفر فترة تجريبية مجانية لطرازها.
trial-not-in-region = لا تتوفر فترة تجريبية مجانية في هذه المنطقة.
trial-offline = اتصل بالإنترنت لترى ما إذا كانت الفترة التجريبية متاحة.
trial-runs-already = فترتها التجريبية المجانية جارية بالفعل.
trial-not-running = لا توجد فترة تجريبية مجانية جارية لها.
confirm-trial-cancel = هل تريد إلغاء هذه الفترة التجريبية المجانية؟
trial-cancel-is-final = تنتهي الفترة التجريبية المجانية للكاميرا { $camera } فورًا. تُلغى نهائيًا ولا يمكن بدؤها مرة أخرى.

## The account’s own trial: it turns into a paid period

account-trial-eligible = تبدأ الخطة الجديدة بفترة تجريبية مجانية ({ part-length })، ثم تصبح مدفوعة ما لم تُلغَ قبل ذلك.
    .without-length = تبدأ الخطة الجديدة بفترة تجريبية مجانية، ثم تصبح مدفوعة ما لم تُلغَ قبل ذلك.
account-trial-active = الفترة التجريبية المجانية للحساب جارية حتى { $date }، ثم تصبح الخطة مدفوعة ما لم تُلغَ قبل ذلك.
    .without-date = الفترة التجريبية المجانية للحساب جارية، ثم تصبح الخطة مدفوعة ما لم تُلغَ قبل ذلك.
account-trial-paused = الفترة التجريبية المجانية للحساب متوقفة مؤقتًا.
account-trial-used = استُخدمت الفترة التجريبية المجانية لهذا الحساب.
account-trial-not-offered = لا تتوفر فترة تجريبية مجانية مع الخطط.

## Free plans of a model: no trials

free-plan-active = { $hours-number ->
    [zero] تسجّل في السحابة بخطتها المجانية، بلا سجل سابق.
    [one] تسجّل في السحابة بخطتها المجانية: آخر ساعة.
    [two] تسجّل في السحابة بخطتها المجانية: آخر ساعتين.
    [few] تسجّل في السحابة بخطتها المجانية: آخر { $hours } ساعات.
    [many] تسجّل في السحابة بخطتها المجانية: آخر { $hours } ساعة.
   *[other] تسجّل في السحابة بخطتها المجانية: آخر { $hours } ساعة.
 }
    .without-hours = تسجّل في السحابة بخطتها المجانية.
free-plan-active-until = { $hours-number ->
    [zero] تسجّل في السحابة بخطتها المجانية حتى { $date }، بلا سجل سابق.
    [one] تسجّل في السحابة بخطتها المجانية حتى { $date }: آخر ساعة.
    [two] تسجّل في السحابة بخطتها المجانية حتى { $date }: آخر ساعتين.
    [few] تسجّل في السحابة بخطتها المجانية حتى { $date }: آخر { $hours } ساعات.
    [many] تسجّل في السحابة بخطتها المجانية حتى { $date }: آخر { $hours } ساعة.
   *[other] تسجّل في السحابة بخطتها المجانية حتى { $date }: آخر { $hours } ساعة.
 }
    .without-hours = تسجّل في السحابة بخطتها المجانية حتى { $date }.
free-plan-ended = انتهت خطتها المجانية.
free-plan-none = لا يوفر طرازها تسجيلًا مجانيًا في السحابة. يمكنها التسجيل محليًا مجانًا على بطاقة { "\u2068" }microSD{ "\u2069" }.
free-plan-unknown = لا يُعرف ما إذا كان لطرازها خطة مجانية.

## Erasing an account from the phone

erase-account = سيُزال كل ما يخص هذا الحساب من هذا الهاتف. هل تريد المتابعة؟
erase-still-bills = يستمر تحصيل رسوم { $plan }، والمرة التالية في { $date }. { part-cancel-where }
    .without-date = يستمر تحصيل رسوم { $plan }. { part-cancel-where }
erase-plan-lost = { $plan } مدفوعة حتى { $date }، ومن يحذف الحساب يخسرها.
erase-unsettled = توجد عملية شراء مدفوعة لم تُسوَّ بعد: { $plan }. ستُسوّى على أي حال.
    .without-plan = توجد عملية شراء مدفوعة لم تُسوَّ بعد. ستُسوّى على أي حال.
erase-nothing-bills = لا شيء يُحصَّل من هذا الحساب.

## What could not be asked

cloud-unreachable = يتعذّر الوصول إلى { -care-cloud }.
cloud-not-understood = ما أجاب ليس { -care-cloud }، أو أن إجابتها غُيّرت في الطريق. لم يؤخذ بشيء منها.
cloud-refused = رفضت { -care-cloud } هذا الطلب.
older-answer = تناقض السحابة ما قالته قبل لحظات. حاول مرة أخرى.
store-unreachable = يتعذّر الوصول إلى المتجر.
time-unknown = الوقت غير معروف بعد. حاول مرة أخرى بعد أن تجيب السحابة.
insecure-url = عنوان السحابة غير آمن.
trust-unusable = لا يمكن استخدام بيانات الثقة المعطاة: شهادة جذر أو معرّف التطبيق مفقود أو غير مقروء.

## Files

folder-in-use = { -tapo-care } يعمل في عملية أخرى. أنهِها أولًا.
folder-read-only = مجلد { -tapo-care } للقراءة فقط. لم يُمَس شيء.
folder-from-newer-version = مجلد { -tapo-care } من إصدار أحدث. لم يُمَس شيء.
journal-from-newer-version = سجل المشتريات من إصدار أحدث. لم يُمَس شيء.
folder-unusable = لا يمكن استخدام مجلد { -tapo-care }.
disk-full = لم تبقَ مساحة تخزين على هذا الجهاز.
disk-gone = لم تعد كتابة الملفات ممكنة. أعد التشغيل.
vault-unavailable = وحدة التخزين الآمنة في الهاتف مقفلة.
closed = تم الإغلاق بالفعل.

## What should not happen

task-lost = حدث خطأ داخلي: فُقدت مهمة. لم تُفقد المشتريات.
empty-304 = حدث خطأ داخلي: إجابة بلا سؤال.
event-unwritable = حدث خطأ داخلي: تعذّر تسجيل حدث.

## Words for states

phase = { part-phase }
cover = { $cover ->
    [covered] مشمولة
    [not_covered] غير مشمولة
    [unknown] غير معروف
   *[other] غير معروف
 }
covered-by = { $by ->
    [plan] مشمولة بخطة
    [code] مشمولة برمز
    [account_plan] مشمولة بخطة الحساب
    [trial] مشمولة بفترتها التجريبية
    [free_plan] مشمولة بخطتها المجانية
   *[other] مشمولة
 }
covered-twice-by = { $by ->
    [plan] مشمولة بخطة، مرتين
    [code] مشمولة برمز، مرتين
    [account_plan] مشمولة بخطة الحساب، مرتين
    [trial] مشمولة بفترتها التجريبية، مرتين
    [free_plan] مشمولة بخطتها المجانية، مرتين
   *[other] مشمولة مرتين
 }
answer = { part-answer }
purchase-state = { $state ->
    [sheet_open] عند نافذة الدفع
    [checking] قيد التحقق
    [pending] قيد الانتظار
    [confirming] مدفوعة ويجري إعدادها
    [waiting] في انتظار السحابة
    [needs_confirmation] تحتاج إلى موافقتك
    [refused_here] غير مقبولة هنا
    [not_genuine] غير أصلية
   *[other] غير معروف
 }
money-not-charged = لم يُخصم أي مبلغ.
money-maybe-charged = ربما خُصم المبلغ؛ يجري التحقق من ذلك وسيتم إعلامك.
money-charged = خُصم المبلغ.
action-sign-in = سجّل الدخول مرة أخرى.
action-manage-subscription = أدِر الاشتراك من حيث اشتُري.
action-confirm = اقرأ هذا وأكّد.
action-change-selection = اختر كاميرات أخرى، أو عددًا أقل.
action-update-firmware = حدّث الكاميرا إلى أحدث برنامج ثابت.
action-check-internet = تحقق من الاتصال بالإنترنت.
action-wait = انتظر: ستستمر العملية تلقائيًا.
action-update-app = حدّث التطبيق.
action-fix-storage = وفّر بعض مساحة التخزين، ثم حاول مرة أخرى.
action-contact-support = تواصل مع الدعم.
retry-after = { $seconds-number ->
    [zero] حاول مرة أخرى الآن.
    [one] حاول مرة أخرى بعد ثانية واحدة.
    [two] حاول مرة أخرى بعد ثانيتين.
    [few] حاول مرة أخرى بعد { $seconds } ثوانٍ.
    [many] حاول مرة أخرى بعد { $seconds } ثانية.
   *[other] حاول مرة أخرى بعد { $seconds } ثانية.
 }
retry-automatic = ستُعاد المحاولة تلقائيًا.
outcome-granted = تم المنح: الخطة لك.
outcome-pending = قيد الانتظار: في انتظار موافقة أو دفع، وتستمر العملية تلقائيًا.
outcome-cancelled = أُلغي: أُغلقت نافذة الدفع.
outcome-failed = فشل: تعذّر على المتجر إتمام ذلك ({ $code }).
    .without-code = فشل: تعذّر على المتجر إتمام ذلك.
outcome-not-granted = لم تُمنح: { part-answer }.
    .without-answer = لم تُمنح.
outcome-not-approved = لم تتم الموافقة: لم يوافق أحد في الوقت المناسب، أو توقفت عن الانتظار. إن جاءت الموافقة متأخرة فستحصل على الخطة مع ذلك.
outcome-scheduled = تم القبول: تتغير الخطة عند انتهاء المدة المدفوعة. لا يُخصم شيء قبل ذلك.
outcome-kept = أُلغي التغيير المقرر: تتجدد الخطة كما هي.
returned-given-back = انتهت الخطة، ومبلغها في طريقه إليك.
returned-requested = أُرسل الطلب إلى { "\u2068" }Apple{ "\u2069" } وستقرر خلال أيام قليلة. حتى ذلك الحين تبقى الخطتان.
returned-cancelled = لم يُطلب شيء: تبقى الخطتان.
manage-app-store = أدِرها أو ألغِها من { -app-store }.
manage-google-play = أدِرها أو ألغِها من { -google-play }.
manage-portal = أدِرها أو ألغِها من { -web-portal }.
manage-kasa-portal = أدِرها أو ألغِها من { -web-portal } الخاصة بـ { -kasa }.
manage-nowhere = تنتهي من تلقاء نفسها.
manage-unknown = أدِرها من حيث اشتُريت.
clock-unknown = الوقت غير معروف، لذا لا يمكن تحديد التغطية: ستظهر حالما تجيب السحابة.
