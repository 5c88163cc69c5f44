package dev.binnacle.insight.topology;

import dev.binnacle.insight.query.Answer;
import java.util.Map;

/** What was answered to each question, about the same window. */
public record Answers(Map<Question, Answer> byQuestion) {
    private static final Answer NOT_ASKED = new Answer.Missing("nobody asked");

    public Answers {
        byQuestion = Map.copyOf(byQuestion);
    }

    Answer to(Question question) {
        return byQuestion.getOrDefault(question, NOT_ASKED);
    }
}
