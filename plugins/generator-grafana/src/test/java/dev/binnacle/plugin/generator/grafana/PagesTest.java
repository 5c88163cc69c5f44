package dev.binnacle.plugin.generator.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pages as they are drawn: where panels are, and where links lead. */
class PagesTest {
    private static final Pattern BOARD = Pattern.compile("/d/([^?]+)\\?");

    @Test
    void noPanelLiesOverAnotherOrBesideThePage() throws Exception {
        for (JsonNode page : pages()) {
            var taken = new ArrayList<Rectangle>();
            for (JsonNode panel : panels(page)) {
                var place = panel.get("gridPos");
                var here = new Rectangle(
                        place.get("x").asInt(),
                        place.get("y").asInt(),
                        place.get("w").asInt(),
                        place.get("h").asInt());
                assertThat(here.x + here.width).isLessThanOrEqualTo(24);
                assertThat(taken).as(panel.get("title").asText()).noneMatch(here::intersects);
                taken.add(here);
            }
        }
    }

    /** A panel's address is its number. */
    @Test
    void everyPanelHasANumberOfItsOwn() throws Exception {
        for (JsonNode page : pages()) {
            assertThat(panels(page))
                    .extracting(panel -> panel.get("id").asInt())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void linksLeadToPagesThatTakeWhatTheyBring() throws Exception {
        var pages = pages();
        for (JsonNode page : pages) {
            for (String url : page.findValuesAsText("url")) {
                var board = BOARD.matcher(url);
                if (board.find()) {
                    var target = pages.stream()
                            .filter(other -> other.get("uid").asText().equals(board.group(1)))
                            .findFirst();
                    assertThat(target).as(url).isPresent();
                    var takes = new HashSet<>(
                            target.orElseThrow().at("/templating/list").findValuesAsText("name"));
                    assertThat(takes).containsAll(brought(url));
                }
            }
        }
    }

    private static List<String> brought(String url) {
        return Pattern.compile("[&?]var-([^=]+)=")
                .matcher(url)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static List<JsonNode> panels(JsonNode page) {
        var panels = new ArrayList<JsonNode>();
        for (JsonNode panel : page.get("panels")) {
            panels.add(panel);
            panel.path("panels").forEach(panels::add);
        }
        return panels;
    }

    private static List<JsonNode> pages() throws Exception {
        var pages = new ArrayList<JsonNode>();
        for (var file : GrafanaGeneratorTest.generate(Map.of())) {
            if (file.path().endsWith(".json")) {
                pages.add(new ObjectMapper().readTree(file.text()));
            }
        }
        return pages;
    }
}
