package dev.binnacle.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ItemTest {
    private final Article rope = Assortment.article("rope").orElseThrow();

    @Test
    void theFirstEditionIsPlain() throws JsonProcessingException {
        assertThat(new ObjectMapper().writeValueAsString(Item.of(rope, 3, Edition.V1)))
                .isEqualTo("""
                        {"sku":"rope","name":"Hemp line, 30 m","description":"Three strands, tarred, with a whipped end.",\
                        "priceCents":3400,"currency":"EUR","stock":3}""");
    }

    @Test
    void theSecondEditionTellsMore() {
        var item = Item.of(rope, 3, Edition.V2);
        assertThat(item.rating()).isEqualTo(4.2);
        assertThat(item.story()).startsWith("Laid on a ropewalk");
        assertThat(item.badge()).isNull();
    }
}
