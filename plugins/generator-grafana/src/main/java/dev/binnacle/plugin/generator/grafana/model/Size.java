package dev.binnacle.plugin.generator.grafana.model;

/**
 * How large a panel is, in the cells of Grafana's grid.
 *
 * @param width of {@value #COLUMNS}
 * @param height of some 38 pixels each
 */
public record Size(int width, int height) {
    /** The columns of the grid. */
    public static final int COLUMNS = 24;

    /** One of two graphs beside each other. */
    public static final Size HALF = new Size(12, 8);

    /** One of three graphs beside each other. */
    public static final Size THIRD = new Size(8, 8);

    /** As wide as the page. */
    public static final Size WIDE = new Size(COLUMNS, 8);

    public Size {
        if (width < 1 || width > COLUMNS || height < 1) {
            throw new IllegalArgumentException(
                    "a panel is 1 to " + COLUMNS + " wide and at least 1 high, got " + width + " × " + height);
        }
    }
}
