package dev.binnacle.plugin.collectors.prometheus.query;

import java.util.List;

/**
 * What a server answered to one query.
 *
 * @param histograms how many series are native histograms, whose values are not single numbers
 * @param remarks the warnings and infos beside it
 */
record Answer(List<Point> points, int histograms, List<String> remarks) {
    Answer {
        points = List.copyOf(points);
        remarks = List.copyOf(remarks);
    }
}
