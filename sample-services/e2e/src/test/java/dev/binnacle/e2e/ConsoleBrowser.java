package dev.binnacle.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Chromium for tests of the console, found or installed as an engine is; one browser for all classes, a context of its own for each
 * test. What a page complains about is collected, and a picture of each failure is left in {@code target/screenshots}.
 */
public final class ConsoleBrowser implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    static final Path SCREENSHOTS = Path.of("target/screenshots");

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(ConsoleBrowser.class);

    /** The names of no other machine are looked up: only loopback is ever asked. */
    private static final List<String> FLAGS = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost");

    /** How a person sits in front of the console. */
    record Seat(int width, int height, ColorScheme colours) {
        static final Seat DESK = new Seat(1280, 800, ColorScheme.LIGHT);
    }

    /** The tabs of one test. */
    static final class Tabs implements AutoCloseable {
        private final Browser browser;
        private final List<Page> pages = new ArrayList<>();
        private final List<String> complaints = new ArrayList<>();

        private Tabs(Browser browser) {
            this.browser = browser;
        }

        /** Opens a tab in which nobody is known, and nothing is remembered. */
        Page open(Seat seat) {
            var context = browser.newContext(new Browser.NewContextOptions()
                    .setViewportSize(seat.width(), seat.height())
                    .setColorScheme(seat.colours())
                    .setLocale("en-GB")
                    .setTimezoneId("Europe/Berlin"));
            context.setDefaultTimeout(15_000);
            var page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text() + " at " + message.location());
                }
            });
            page.onPageError(complaints::add);
            pages.add(page);
            return page;
        }

        /** Returns what the pages have written to the browser's log as errors, and what was thrown in them. */
        List<String> complaints() {
            return List.copyOf(complaints);
        }

        private void picture(String name) {
            for (int i = 0; i < pages.size(); i++) {
                pages.get(i)
                        .screenshot(new Page.ScreenshotOptions()
                                .setPath(SCREENSHOTS.resolve("failed-%s-%d.png".formatted(name, i))));
            }
        }

        @Override
        public void close() {
            pages.forEach(page -> page.context().close());
        }
    }

    /** The process of the browser. */
    private record Running(Playwright playwright, Browser browser) implements AutoCloseable {
        static Running start() {
            var playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            return new Running(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(chromium())
                                    .setArgs(FLAGS)));
        }

        private static Path chromium() {
            return RunningMesh.binnacle()
                    .run(Duration.ofMinutes(10), "engines", "--browser")
                    .mustSucceed("engines --browser")
                    .out()
                    .lines()
                    .filter(line -> line.matches("chromium +/.*"))
                    .map(line -> Path.of(line.substring("chromium".length()).strip()))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        var browser = context.getRoot()
                .getStore(SPACE)
                .computeIfAbsent("browser", key -> Running.start(), Running.class)
                .browser();
        context.getStore(SPACE).put(Tabs.class, new Tabs(browser));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            tabs(context).picture(context.getRequiredTestMethod().getName());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Tabs.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return tabs(context);
    }

    private static Tabs tabs(ExtensionContext context) {
        return context.getStore(SPACE).get(Tabs.class, Tabs.class);
    }
}
