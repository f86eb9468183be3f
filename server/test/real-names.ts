/** Family and given names as people of many languages write them, for tests of the order and the search. */
export const realNames: Record<string, string[]> = {
  English: words(
    "O'Neil O’Neill Oneil ONeal MacDonald Macdonald Mac Smith Smith-Jones Smithson Ng",
  ),
  German: words(
    'Müller Mueller Muller Mülle Groß Gross Großmann Ärmel Armel Özdemir Ozon Übel Weiß',
  ),
  French: words(
    'Cote Côte Coté Côté Élodie Elodie Éric Œuvrard Oeuvre Ofer Noël Noel François Île',
  ),
  Spanish: words(
    'Núñez Nunez Nuñez Ñandú Nandu Nz Llamas Lima Lopez López Chacón Cid Ibáñez Águila',
  ),
  Portuguese: words(
    'Conceição Concecao Simões Simoes João Joana Ângelo Angelo Araújo Aragão Gonçalves',
  ),
  Polish: words(
    'Łukasz Lukasz Luty Lz Wałęsa Walesa Żak Zak Źródło Ćwik Cwik Świt Ściana Dąb Dabek Ółł',
  ),
  Czech: words(
    'Čapek Capek Cz Chalupa Hora Dvořák Dvorak Řezník Reznik Žižek Zizek Šimon Ďurica Ťok',
  ),
  Hungarian: words('Ágnes Agnes Őri Öri Ori Szőke Szabó Szabo Űr Ür Ur Gyöngyi Gyula Csaba Csík'),
  Turkish: words(
    'Işık İnönü Inan ışın ilkay Çağrı Cag Şahin Sahin Ğ Güneş Gunes Öztürk Üstün Kılıç',
  ),
  Romanian: words('Ștefan Stefan Şerban Țurcanu Turcanu Ţepeş Ăla Âna Înăl Răzvan Razvan Ionescu'),
  Icelandic: words(
    'Ásta Ægir Aegir Þór Thor Tor Ðagur Dagur Éva Íris Ólöf Úlfur Ýmir Örn Orn Guðrún',
  ),
  Nordic: words(
    'Åsa Aasa Ångström Øvergård Overgaard Ödegård Ärlig Kjær Kjaer Søren Soren Södergren',
  ),
  Baltic: words(
    'Ėmilė Ąžuolas Žydrūnas Ļaviņš Ķirsis Ģirts Šķēle Čiurlionis Įlankas Ųlė Ūdris Õunapuu',
  ),
  Maltese: words('Ħal Hal Għaxaq Ghawdex Żabbar Zammit Ċensu Censu Ġużè Guze'),
  Vietnamese: words(
    'Nguyễn Nguyen Đặng Dang Hồng Hong Thị Thi Ân An Ăn Ước Ưng Ông Ơn Ỷ Ý Ỳ Lê Lễ',
  ),
  Hausa: words('Ɓala Bala Ɗanjuma Danjuma Ƙasimu Kasimu Ƴaya Yaya Ɛfua Ɔbi Ŋaŋa Ƒi Ʋenya Ɖo'),
  Ukrainian: words(
    'Гай Ґалаґан Гончар Єва Ева Жук Зоря Іван Иван Їжак Йосип Кіт Яна Щука Шевченко Ґ Г',
  ),
  Russian: words('Ёжиков Ежиков Еж Алёна Алена Щербаков Шишкин Эдуард Юрий Яков Йод Иод Объедков'),
  Belarusian: words('Ўладзімір Уладзімір Умка Іна Ігнат Ёсіп Емяльян Дзмітрый Шчур Эла Яўген'),
  Serbian: words(
    'Ђорђе Дорђе Еремић Јован Ивана Љубица Лука Милош Његош Нада Ћирић Тијана Џон Чеда Ш',
  ),
  Macedonian: words('Ѓорѓи Гоце Ѕвезда Зоран Јана Ќиро Киро Њујо Љупчо Џемо Ѐла Ѝва Илија'),
  Bulgarian: words('Ъгъл Щерев Юлия Ясен Йордан Иван Петър Петров Хр Цв'),
  Kazakh: words(
    'Әсел Асел Ғани Гани Қанат Канат Ңа На Өмір Омар Ұлан Улан Үміт Һат Хат Іле Иле Айгүл',
  ),
  Mongolian: words('Өнөр Онон Үүрийн Ургамал Энх Бат Цэцэг Чулуун'),
  Greek: words(
    'Άννα Αννα Ελένη Έλενα Ήρα Ηρα Ίων Ιων Όμηρος Ομ Ύδρα Ώρα Ωρα Ψαρός Φωτεινή Σίσυφος σας',
  ),
  Armenian: words(
    'Արմեն Բագրատ Գայանե Եվա Զարուհի Էլեն Ըն Թամար Ժիրայր Իսահակ Խաչիկ Ծովինար Օֆելյա և եւ',
  ),
  Georgian: words(
    'ანა ბესო გია დავით ეკა ვახტანგ ზურა თამარ ილია კახა ლალი მზია ნინო ჟანა შოთა ჩხეიძე ძია ჰაიკ',
  ),
  Hebrew: words(
    'אברהם בנימין גד דוד דָּוִד הדס וולף זאב חנה טוב יוסף ךף כהן כֹּהֵן לוי משה ם נח סרה עמוס פנינה צבי שׁלום שלום',
  ),
  Arabic: words(
    'أحمد احمد إبراهيم آمنة بدر تامر ثابت جميل حسن خالد دينا ذكي رامي زيد سعيد محمد مُحَمَّد مؤمن هبة يوسف ى ئ ء عبد ٱلله',
  ),
  Persian: words(
    'آرش اکبر پرویز تهمینه چنگیز ژاله کاوه كاوه گیتی لاله یاسمن ياسمن هما وحید پژمان نازنین',
  ),
  Urdu: words('ٹیپو ڈاکٹر ڑ پاکیزہ چاند گل ہما ھما ے یاسر آصف نور ں'),
  Hindi: words(
    'अंजलि अनिल आशा इंदिरा ईश्वर उमा ऊषा ऋषि एकता ऐश कमल क्षमा ख़ान खान गीता ज्ञान ज़ारा जय त्रिशा शर्मा श्री',
  ),
  Bengali: words('অমিত আলো ইন্দ্র ঈশান উমা ঋতু কমল খোকা রবি রায় রায় ড় ড় শুভ ক্ষমা ৎ বৌ বো'),
  Punjabi: words('ਅਮਰ ਇੰਦਰ ਉੱਜਲ ਸਿੰਘ ਸ਼ਾਮ ਕੌਰ ਖ਼ਾਨ ਗੁਰ ਜੋਤ ਬਲ'),
  Gujarati: words('અમિત આશા ઈશ્વર ઉમા ક્ષમા પટેલ શાહ જ્ઞાન'),
  Tamil: words('அருண் ஆதி இந்து ஈசன் உமா கண்ணன் கோ கெள க்ஷ ராம் ஸ்ரீ ஷ வேலு கொ கௌ'),
  Telugu: words('అనిల్ ఆది ఇందు ఈశ్వర్ కృష్ణ క్షమ రామ శ్రీ'),
  Kannada: words('ಅನಿಲ ಆದಿ ಕೃಷ್ಣ ಕೊ ಕೋ ಶ್ರೀ ರಾಮ'),
  Malayalam: words('അനിൽ ആദി കൃഷ്ണ കൊ കോ കൌ രാമൻ ശ്രീ ൻ ൾ'),
  Sinhala: words('අමර ආශා ඉඳු කමල් කො කෝ කෞ ක්ෂ ශ්‍රී සුනිල්'),
  Thai: words(
    'กมล ขวัญ เกษม แก้ว โกศล ไกร ใจ จันทร์ เจริญ ฉัตร ชาย เชียง นภา ภูมิ เพ็ญ สมชาย สม เสน่ห์ อนันต์ เอก ฤดี',
  ),
  Lao: words('ກອນ ເກດ ແກ້ວ ໂກ ໄກ ໃຈ ຄຳ ສົມ ເສງ ບຸນ'),
  Khmer: words('កល្យាណ ខេមរា គង់ ចាន់ ដារ៉ា បុប្ផា សុខា ស្រី អង្គ'),
  Burmese: words('အောင် ကျော် ခင် စုစု မြင့် ဝင်း သန်း ဦး'),
  Tibetan: words('བསྟན བཀྲ ཀརྨ དོན རྡོ ཚེ པདྨ'),
  Amharic: words('አበበ ኃይሉ ሀይሉ ሐና ለማ መሐመድ ሠላም ሰላም ጸጋ ፀሐይ'),
  Chinese: words(
    '王 王伟 李 李娜 张 張 陈 陳 刘 赵 一 丁 龍 龙 𠮷田 㐂 欧阳 歐陽 吕 鄧 邓 曾 々 〇',
  ),
  Japanese: words(
    '山田 山田太郎 佐藤 髙橋 高橋 渡邉 渡辺 さくら サクラ ｻｸﾗ さぐら ざくら はなこ ハナコ ばなこ ぱなこ っち つち ー ラーメン らあめん あゝ いすゞ ヴィ うい',
  ),
  Korean: words('김철수 김 가나 각 갂 간 나라 박 이영희 이 최 한 하나 꽃 값 ㄱ'),
  Other: words(
    '3M 1&1 007 １２３ ٣٤ ४५ (Anna) -x _ * & @home #1 € $ № ™ ﬁnn finn Ｆｉｎｎ ㈱山田 ½ ² 2 ⅳ 😀 ❤️ ♥ ★ “x” «y» „z“',
  ),
}

function words(text: string): string[] {
  return text.split(' ')
}
