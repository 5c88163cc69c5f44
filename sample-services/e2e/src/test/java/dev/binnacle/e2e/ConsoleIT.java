package dev.binnacle.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import dev.binnacle.e2e.ConsoleBrowser.Seat;
import dev.binnacle.e2e.ConsoleBrowser.Tabs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console, in a real browser, over the running mesh. */
@ExtendWith({RunningMesh.class, ConsoleBrowser.class})
class ConsoleIT {
    private static final Seat TELEPHONE = new Seat(360, 740, ColorScheme.LIGHT);
    private static final Seat DESK_AT_NIGHT = new Seat(1280, 800, ColorScheme.DARK);
    private static final Seat WALL = new Seat(2560, 1440, ColorScheme.DARK);

    /** A page follows ticks of five seconds, and Prometheus may take ten to be late. */
    private static final double PATIENCE_MS = 45_000;

    private static final long FIRST_VIEW = 500_000;

    @BeforeAll
    static void somebodyShops(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);
        assertThat(Shop.statuses(40, shop::catalog)).containsOnlyKeys(200);
        shop.order(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/overview, Overview",
        "/topology, Topology",
        "/services, Services",
        "/services/default/catalog, catalog",
        "/traffic/default/catalog, Traffic of catalog",
        "/slos, SLOs and alerts",
        "/metrics?query=up, Metrics",
        "/plugins, Plugins",
        "/plugins/exporter-remote-write, exporter-remote-write",
        "/configuration, Configuration",
        "/configuration?part=proxies&proxy=storefront-0.default, Configuration",
        "/configuration?part=resources, Configuration"
    })
    void everyPageIsForEveryone(String path, String title, RunningMesh.Instance mesh, Tabs tabs) {
        for (Seat seat : List.of(TELEPHONE, Seat.DESK, DESK_AT_NIGHT, WALL)) {
            Page page = tabs.open(seat);
            page.navigate(mesh.app() + path);
            assertThat(heading(page, title)).isVisible();
            assertThat(page.getByRole(AriaRole.STATUS, new Page.GetByRoleOptions().setName("Loading")))
                    .hasCount(0);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(ConsoleBrowser.SCREENSHOTS.resolve("%s-%d-%s.png"
                            .formatted(
                                    path.substring(1).replaceAll("\\W+", "-"),
                                    seat.width(),
                                    seat.colours().name().toLowerCase(java.util.Locale.ROOT)))));
            assertThat(wide(page)).as("wider than the window").isFalse();
            assertThat(serious(page)).isEmpty();
        }
        assertThat(tabs.complaints()).isEmpty();
    }

    /** Tells whether a person has to move the page sideways. */
    private static boolean wide(Page page) {
        return (Boolean) page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    private static List<String> serious(Page page) {
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(ConsoleIT::words)
                        .toList();
    }

    private static String words(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream()
                        .map(node -> String.valueOf(node.getTarget()))
                        .toList();
    }

    @Test
    void theFirstViewIsSmall(RunningMesh.Instance mesh, Tabs tabs) {
        Page page = tabs.open(Seat.DESK);
        var sent = new AtomicLong();
        page.onRequestFinished(request -> sent.addAndGet(request.sizes().responseBodySize));
        page.navigate(mesh.app() + "/");
        assertThat(heading(page, "Overview")).isVisible();
        // The stream of events never ends, so the network is never idle.
        page.waitForLoadState(LoadState.LOAD);

        assertThat(sent.get()).isBetween(10_000L, FIRST_VIEW);
    }

    @Test
    void aWeightMovedInTheBrowserMovesRequestsAndUndoTakesItBack(RunningMesh.Instance mesh, Tabs tabs) {
        Page page = tabs.open(Seat.DESK);
        page.navigate(mesh.app() + "/traffic/default/catalog");

        page.getByLabel("Percent of v2").fill("100");
        assertThat(page.getByLabel("Percent of v1")).hasValue("0");
        button(page, "Show what it would write").click();
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("What it would change")))
                .containsText("v2");
        button(page, "Apply").click();
        assertThat(page.getByText("Applied: every proxy concerned has taken it"))
                .isVisible(new IsVisibleOptions().setTimeout(PATIENCE_MS));
        assertThat(versions(mesh, 30)).isEqualTo(Map.of("v2", 30));

        button(page, "Undo").click();
        assertThat(page.getByLabel("Percent of v1")).hasValue("80");
        await().untilAsserted(() -> assertThat(versions(mesh, 40)).containsKey("v1"));
        page.navigate(mesh.app() + "/overview");
        assertThat(page.locator("body")).containsText("catalog");
    }

    @Test
    void whenTheAppIsGoneThePageSaysSoAndHeals(RunningMesh.Instance mesh, Tabs tabs) {
        Page page = tabs.open(Seat.DESK);
        page.navigate(mesh.app() + "/topology");
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible();

        long app = mesh.binnacle().status().at("/app/pid").asLong();
        RunningMesh.kill(app);

        assertThat(page.getByText("Connection lost")).isVisible(new IsVisibleOptions().setTimeout(PATIENCE_MS));
        mesh.awaitAppInThePlaceOf(app);
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible(new IsVisibleOptions().setTimeout(PATIENCE_MS));
    }

    @Test
    void whenPrometheusHangsThePageSaysWhatItDoesNotKnow(RunningMesh.Instance mesh, Tabs tabs) throws Exception {
        Page page = tabs.open(Seat.DESK);
        page.navigate(mesh.app() + "/topology");
        button(page, "Table").click();
        assertThat(page.getByText("storefront").first()).isVisible();
        String gaps = "Not everything could be learned";
        long prometheus = mesh.binnacle().status().at("/prometheus/pid").asLong();

        signal("STOP", prometheus);
        try {
            assertThat(page.getByText(gaps)).isVisible(new IsVisibleOptions().setTimeout(PATIENCE_MS));
            assertThat(page.getByText("not known").first()).isVisible();
            page.navigate(mesh.app() + "/configuration?part=proxies");
            assertThat(page.getByText("storefront-0.default")).isVisible();
        } finally {
            signal("CONT", prometheus);
        }
        page.navigate(mesh.app() + "/topology");
        assertThat(page.getByText(gaps))
                .hasCount(
                        0,
                        new com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions()
                                .setTimeout(PATIENCE_MS));
    }

    @Test
    void everyViewIsALink(RunningMesh.Instance mesh, Tabs tabs) {
        Page page = tabs.open(Seat.DESK);
        page.navigate(mesh.app() + "/overview");
        window(page).selectOption("1h");
        assertThat(page).hasURL(Pattern.compile("window=1h"));
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Services").setExact(true))
                .first()
                .click();
        assertThat(heading(page, "Services")).isVisible();
        assertThat(page).hasURL(Pattern.compile("/services\\?.*window=1h"));

        page.goBack();
        assertThat(heading(page, "Overview")).isVisible();
        page.goBack();
        assertThat(window(page)).hasValue("5m");
        page.goForward();
        assertThat(window(page)).hasValue("1h");
        page.reload();
        assertThat(window(page)).hasValue("1h");
    }

    @Test
    void whatIsNotThereIsSaid(RunningMesh.Instance mesh, Tabs tabs) {
        Page page = tabs.open(Seat.DESK);
        page.navigate(mesh.app() + "/services/default/nobody%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E");
        assertThat(page.locator("#content")).containsText(Pattern.compile("no service|no such service|There is no"));
        assertThat(page.locator("img[src=x]")).hasCount(0);

        page.navigate(mesh.app() + "/metrics?query=sum%28");
        assertThat(page.getByText("Prometheus refuses the query")).isVisible();
        assertThat(page.locator("#content")).containsText("parse error");
    }

    private static Map<String, Integer> versions(RunningMesh.Instance mesh, int requests) {
        var shop = new Shop(mesh);
        var counts = new java.util.TreeMap<String, Integer>();
        for (int i = 0; i < requests; i++) {
            counts.merge(shop.catalog().catalogVersion(), 1, Integer::sum);
        }
        return counts;
    }

    private static Locator window(Page page) {
        return page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Time window"));
    }

    private static Locator heading(Page page, String name) {
        return page.getByRole(
                AriaRole.HEADING,
                new Page.GetByRoleOptions().setName(name).setLevel(1).setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
