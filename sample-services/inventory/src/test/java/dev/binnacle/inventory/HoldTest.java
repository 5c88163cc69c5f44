package dev.binnacle.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HoldTest {
    private final Hold hold = new Hold(List.of("rope", "bell"), 10, 3);

    @Test
    void takesWhatIsThere() {
        assertThat(hold.take("rope", 4)).isEqualTo(6);
        assertThat(hold.levels()).containsEntry("rope", 6).containsEntry("bell", 10);
    }

    @Test
    void takesNothingWhenTooFewAreLeft() {
        hold.take("rope", 6);
        assertThatThrownBy(() -> hold.take("rope", 5))
                .isInstanceOf(Hold.ShortageException.class)
                .hasMessage("wanted 5 of rope, but only 4 are left");
        assertThat(hold.level("rope")).hasValue(4);
    }

    @Test
    void aLowLevelBringsADelivery() {
        hold.take("rope", 7);
        assertThat(hold.take("rope", 1)).isEqualTo(10);
        assertThat(hold.deliveries()).isEqualTo(1);
    }

    @Test
    void putsBackNoMoreThanFits() {
        hold.take("rope", 2);
        assertThat(hold.putBack("rope", Integer.MAX_VALUE)).isEqualTo(10);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> hold.take("anchor", 1)).hasMessage("there is no article anchor");
        assertThatThrownBy(() -> hold.take("rope", 0)).hasMessage("the quantity must be 1 or more, got 0");
        assertThatThrownBy(() -> new Hold(List.of(), 5, 5)).hasMessageContaining("below the capacity of 5");
    }
}
