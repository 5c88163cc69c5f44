package dev.binnacle.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    @Test
    void understandsItsCommands() {
        assertThat(Request.parse("APPEND o-1 sales 3400"))
                .isEqualTo(new Request.Append(new Entry("o-1", "sales", 3400, "-")));
        assertThat(Request.parse(" APPEND  o-1 sales -1 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 "))
                .isEqualTo(new Request.Append(
                        new Entry("o-1", "sales", -1, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));
        assertThat(Request.parse("GET o-1")).isEqualTo(new Request.Get("o-1"));
        assertThat(Request.parse("BALANCE sales")).isEqualTo(new Request.Balance("sales"));
        assertThat(Request.parse("QUIT")).isEqualTo(new Request.Quit());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "append o-1 sales 1",
                "APPEND",
                "APPEND o-1 sales",
                "APPEND o-1 sales 1 t extra",
                "APPEND o-1 sales 1.5",
                "APPEND o-1 sales 9223372036854775808",
                "APPEND ö sales 1",
                "APPEND a\u0000b sales 1",
                "GET",
                "GET a b",
                "PING pong",
                "GET /etc/passwd"
            })
    void saysWhatIsWrongWithTheRest(String line) {
        assertThat(Request.parse(line))
                .isInstanceOfSatisfying(
                        Request.Malformed.class, m -> assertThat(m.reason()).isNotBlank());
    }
}
