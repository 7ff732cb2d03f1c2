"""The stock of words. Every sentence says by itself that the row is a test."""

# Second part of a business's name: plants and things, nobody's name.
BUSINESS_WORDS = (
    "Melati", "Kenanga", "Cempaka", "Sawo Kecik", "Asem Arang", "Gayam", "Bambu Kuning", "Randu", "Jati", "Mahoni",
    "Cengkih", "Pandan", "Serai", "Kecombrang", "Teratai", "Kelapa Gading", "Salam", "Kemuning", "Angsana", "Flamboyan",
    "Perahu", "Layar", "Mercusuar", "Lentera", "Tampah", "Cobek", "Canting", "Anyam", "Tungku", "Lesung",
)  # fmt: skip
QUALITIES = (
    ("Halus", "fine"), ("Klasik", "classic"), ("Pesisir", "coastal"), ("Manis", "sweet"), ("Gurih", "savoury"),
    ("Pedas", "hot"), ("Ukuran Kecil", "small"), ("Ukuran Besar", "large"), ("Kemasan Keluarga", "family pack"),
    ("Oleh-oleh", "gift box"), ("Warna Alam", "natural dye"), ("Polos", "plain"), ("Berwarna", "coloured"),
    ("Tradisional", "traditional"), ("Ringan", "light"), ("Tebal", "thick"), ("Pesanan", "made to order"),
    ("Harian", "everyday"), ("Tanpa Pengawet", "no preservatives"), ("Seri Pasar", "market series"),
)  # fmt: skip
SUMMARIES = (
    ("Baris uji buatan komputer, bukan barang sungguhan. {type}, {quality}, dibuat setiap hari dalam jumlah kecil.",
     "A row made by a computer for testing, no real thing. {type}, {quality}, made daily in small numbers."),
    ("Data uji sintetis: {type} {quality} dari bahan setempat, dikemas per satuan dan dapat dipesan lebih dahulu.",
     "Synthetic test data: {type}, {quality}, of local materials, packed singly, can be ordered ahead."),
    ("Contoh untuk mengukur kecepatan situs. {type} {quality}; semua angka di halaman ini karangan.",
     "An example for measuring the speed of this site. {type}, {quality}; every number on this page is invented."),
    ("Uji. {type} {quality}.", "Test. {type}, {quality}."),
)  # fmt: skip
STORY = (
    "Usaha ini tidak ada. Baris ini dibuat komputer supaya halaman dapat diukur dan dicoba dengan isi sebanyak data "
    "sungguhan. Kerjanya diceritakan dimulai dari satu dapur, lalu tetangga ikut membantu, dan kini pesanan datang "
    "dari pasar serta toko oleh-oleh. Nama, nomor, harga, dan tahunnya karangan."
)
STORY_EN = (
    "This business does not exist. A computer wrote this row so that pages can be measured and tried with as much "
    "content as real data has. Its name, numbers, prices and years are invented."
)
MATERIALS = (
    ("bahan uji A dan B", "test materials A and B"),
    ("bahan setempat (uji)", "local material (test)"),
    ("tepung, garam, rempah (uji)", "flour, salt, spices (test)"),
    ("kain katun dan pewarna (uji)", "cotton and dye (test)"),
    ("kayu dan logam (uji)", "wood and metal (test)"),
)
FOOD_UNITS = (("bungkus isi 10", "pack of 10"), ("kg", "kg"), ("kotak", "box"), ("botol", "bottle"), ("biji", "piece"))
CRAFT_UNITS = (("lembar", "sheet"), ("buah", "piece"), ("pasang", "pair"), ("set", "set"), ("meter", "metre"))
SIZES = (("250 g", "250 g"), ("500 g", "500 g"), ("20 × 15 cm", "20 × 15 cm"), ("2 × 1,1 m", "2 × 1.1 m"))
STORAGE = (("suhu ruang, kering", "room temperature, dry"), ("lemari es", "refrigerator"), ("pembeku", "freezer"))
EVENTS = (
    ("Pameran Karangan", "Invented Fair"),
    ("Bazar Uji Coba", "Trial Bazaar"),
    ("Kunjungan Karangan", "Invented Visit"),
    ("Pameran Karangan dengan Nama yang Sengaja Dibuat Sangat Panjang untuk Menguji Judul di Layar Sempit",
     "Invented Fair with a Name Made Very Long on Purpose to Try Headings on Narrow Screens"),
)  # fmt: skip
EVENT_PLACES = ("Gedung Uji", "Lapangan Uji", "Aula Karangan Lantai 2", "")
EVENT_STORY = "Acara ini tidak ada. Baris ini dibuat komputer supaya halaman acara dapat diukur dan dicoba."
EVENT_STORY_EN = "This event does not exist. A computer wrote this row so that event pages can be measured and tried."
EVENT_RESULTS = ("Hasil karangan: semua angka di sini dibuat komputer.", "Invented results: a computer made them up.")
PERSON = "Orang Uji"
