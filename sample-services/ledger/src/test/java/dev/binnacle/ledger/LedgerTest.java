package dev.binnacle.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Ledger ledger = new Ledger(2, 2);

    @Test
    void numbersEntriesAndAddsThemUp() {
        assertThat(append("a", "sales", 300).sequence()).isEqualTo(1);
        assertThat(append("b", "sales", -100).sequence()).isEqualTo(2);
        assertThat(ledger.balance("sales")).isEqualTo(200);
        assertThat(ledger.balance("nobody")).isZero();
    }

    @Test
    void theSameReferenceIsBookedOnce() {
        append("a", "sales", 300);
        assertThat(append("a", "sales", 300).sequence()).isEqualTo(1);
        assertThat(ledger.count()).isEqualTo(1);
        assertThatThrownBy(() -> append("a", "sales", 301)).hasMessage("reference a is taken by entry 1");
    }

    @Test
    void forgetsOldEntriesButNotWhatTheyAddedUpTo() {
        append("a", "sales", 1);
        append("b", "sales", 2);
        append("c", "sales", 4);
        assertThat(ledger.find("a")).isEmpty();
        assertThat(ledger.find("c")).isPresent();
        assertThat(ledger.balance("sales")).isEqualTo(7);
        assertThat(ledger.count()).isEqualTo(3);
    }

    @Test
    void refusesWhatDoesNotFit() {
        append("a", "one", Long.MAX_VALUE);
        append("b", "two", 1);
        assertThatThrownBy(() -> append("c", "three", 1)).hasMessage("the ledger has room for 2 accounts");
        assertThatThrownBy(() -> append("d", "one", 1)).hasMessageContaining("out of range");
        assertThat(ledger.count()).isEqualTo(2);
    }

    private Ledger.Booked append(String reference, String account, long cents) {
        return ledger.append(new Entry(reference, account, cents, Entry.NO_TRACE));
    }
}
