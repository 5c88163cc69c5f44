package dev.binnacle.plugin.generator.grafana.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.plugin.generator.grafana.model.Variable.Choice;
import dev.binnacle.plugin.generator.grafana.model.Variable.LabelValues;
import dev.binnacle.plugin.generator.grafana.model.View.Columns;
import dev.binnacle.plugin.generator.grafana.model.View.Lines;
import dev.binnacle.plugin.generator.grafana.model.View.Sorting;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardTest {
    private static final String SAYS = "How to read it, and what to do.";

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a?b", "ä", "12345678901234567890123456789012345678901"})
    void aUidThatNoAddressHoldsIsRefused(String uid) {
        assertThatThrownBy(() -> new Dashboard(uid, "Mesh", "", List.of(), List.of()))
                .hasMessage("a dashboard's uid is 1 to 40 letters, digits, - and _, got '" + uid + "'");
    }

    @Test
    void twoPanelsOfOneTitleAreRefused() {
        assertThatThrownBy(() -> of(List.of(), lines("Requests", "up"), lines("Requests", "down")))
                .hasMessage("Mesh has two panels with the title 'Requests'");
    }

    @Test
    void twoVariablesOfOneNameAreRefused() {
        assertThatThrownBy(() -> of(List.of(variable("a", "up"), variable("a", "up"))))
                .hasMessage("Mesh has two variables a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up{a=~`${service:regex}`}", "up{a=\"$service\"}", "rate(up[${service}])"})
    void aVariableThatIsNotThereIsRefusedWhereItIsUsed(String query) {
        assertThatThrownBy(() -> of(List.of(variable("other", "up")), lines("Requests", query)))
                .hasMessage("Mesh, panel 'Requests': there is no variable service before it");
    }

    /** Grafana waits for ever for variables that wait for each other; whoever may only name those before it cannot. */
    @Test
    void variablesThatDependOnEachOtherAreRefused() {
        assertThatThrownBy(
                        () -> of(List.of(variable("a", "up{x=~`${b:regex}`}"), variable("b", "up{x=~`${a:regex}`}"))))
                .hasMessage("Mesh, variable a: there is no variable b before it");
    }

    @Test
    void aVariableThatDependsOnItselfIsRefused() {
        assertThatThrownBy(() -> of(List.of(variable("a", "up{x=~`${a:regex}`}"))))
                .hasMessage("Mesh, variable a: there is no variable a before it");
    }

    @Test
    void aLinkThatKeepsAVariableWhichIsNotThereIsRefused() {
        var link = Link.to("service", "This service", "service").keeping("namespace");
        var table = new Panel(
                "Services",
                SAYS,
                Size.WIDE,
                new Columns(
                        List.of(Column.label("service", "Service", link), Column.value("Up", Unit.NUMBER)),
                        Sorting.largestFirst("Up")),
                Unit.NUMBER,
                Query.of("up"));

        assertThatThrownBy(() -> of(List.of(variable("datasource", "up")), table))
                .hasMessage("Mesh, panel 'Services': there is no variable namespace before it");
    }

    @Test
    void aPanelThatSaysNothingIsRefused() {
        assertThatThrownBy(
                        () -> new Panel("Requests", "Requests.", Size.HALF, Lines.plain(), Unit.NUMBER, Query.of("up")))
                .hasMessage("the panel 'Requests' does not say how to read it");
    }

    @Test
    void moreQueriesThanLettersAreRefused() {
        var queries = Collections.nCopies(27, Query.of("up")).toArray(Query[]::new);

        assertThatThrownBy(() -> new Panel("Requests", SAYS, Size.HALF, Lines.plain(), Unit.NUMBER, queries))
                .hasMessage("the panel 'Requests' has 27 queries, 1 to 26 fit");
    }

    @Test
    void aTableWithoutAQueryForAColumnIsRefused() {
        var view = new Columns(
                List.of(Column.value("Up", Unit.NUMBER), Column.value("Down", Unit.NUMBER)),
                Sorting.largestFirst("Up"));

        assertThatThrownBy(() -> new Panel("Targets", SAYS, Size.HALF, view, Unit.NUMBER, Query.of("up")))
                .hasMessageStartingWith("the table 'Targets' has 1 queries for 2 columns of values");
    }

    @Test
    void aTableSortedByAColumnThatItLacksIsRefused() {
        assertThatThrownBy(() -> new Columns(List.of(Column.value("Up", Unit.NUMBER)), Sorting.largestFirst("Down")))
                .hasMessage("the table has no column Down");
    }

    @Test
    void aPanelWiderThanThePageIsRefused() {
        assertThatThrownBy(() -> new Size(25, 4)).hasMessage("a panel is 1 to 24 wide and at least 1 high, got 25 × 4");
    }

    @Test
    void anEmptyQueryIsRefused() {
        assertThatThrownBy(() -> Query.each("{{pod}}", " \n")).hasMessage("the query for '{{pod}}' is empty");
    }

    private static Dashboard of(List<Variable> variables, Panel... panels) {
        return new Dashboard("mesh", "Mesh", "", variables, List.of(Row.of("All", panels)));
    }

    private static Variable variable(String name, String series) {
        return new LabelValues(name, name, series, "x", Choice.ALL);
    }

    private static Panel lines(String title, String query) {
        return new Panel(title, SAYS, Size.HALF, Lines.plain(), Unit.NUMBER, Query.of(query));
    }
}
