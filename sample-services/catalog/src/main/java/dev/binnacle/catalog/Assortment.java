package dev.binnacle.catalog;

import java.util.List;
import java.util.Optional;

/** The articles of the ship chandler, in the order they are shown. */
final class Assortment {
    static final List<Article> ARTICLES = List.of(
            new Article(
                    "compass",
                    "Gimballed compass",
                    "Swings level in any sea, in a brass bowl.",
                    18_900,
                    4.8,
                    312,
                    "Helmsman's choice",
                    "Compensated by hand against the iron of your own ship."),
            new Article(
                    "sextant",
                    "Brass sextant",
                    "Finds your latitude when nothing else does.",
                    42_900,
                    4.9,
                    87,
                    "Instrument of the year",
                    "Ruled on an engine from 1871 that has outlived four owners."),
            new Article(
                    "lantern",
                    "Storm lantern",
                    "Burns eleven hours and through most gales.",
                    5_900,
                    4.5,
                    640,
                    "",
                    "The glass is blown thick on the weather side."),
            new Article(
                    "rope",
                    "Hemp line, 30 m",
                    "Three strands, tarred, with a whipped end.",
                    3_400,
                    4.2,
                    951,
                    "",
                    "Laid on a ropewalk a quarter of a mile long."),
            new Article(
                    "chart",
                    "Chart of the sound",
                    "Soundings in fathoms, corrected to this spring.",
                    2_800,
                    4.6,
                    204,
                    "New survey",
                    "Engraved on copper, printed on linen, folded eight times."),
            new Article(
                    "logbook",
                    "Ship's logbook",
                    "Two hundred ruled pages that do not mind the damp.",
                    1_900,
                    4.4,
                    478,
                    "",
                    "Bound so that it lies open in a seaway."),
            new Article(
                    "spyglass",
                    "Pocket spyglass",
                    "Twenty times nearer, in four draws.",
                    12_400,
                    4.7,
                    156,
                    "Back in stock",
                    "Ground by the grandson of the man who signed the first."),
            new Article(
                    "bell",
                    "Watch bell",
                    "Eight bells that the whole anchorage sets its day by.",
                    8_900,
                    4.3,
                    98,
                    "",
                    "Cast with one silver coin in the metal, for the tone."));

    private Assortment() {}

    /** Returns the article with this SKU. */
    static Optional<Article> article(String sku) {
        return ARTICLES.stream().filter(a -> a.sku().equals(sku)).findFirst();
    }
}
