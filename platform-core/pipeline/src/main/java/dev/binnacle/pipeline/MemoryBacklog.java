package dev.binnacle.pipeline;

import dev.binnacle.pipeline.buffer.Parts;
import dev.binnacle.spi.model.Sample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Samples in memory, as many as there is room for, those that were taken included. */
final class MemoryBacklog implements Backlog {
    private final int capacity;
    private final ArrayDeque<Sample> waiting = new ArrayDeque<>();
    private List<Sample> taken = List.of();

    MemoryBacklog(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public long add(List<Sample> samples) {
        waiting.addAll(samples);
        int excess = Math.min(waiting.size(), Math.max(0, waiting.size() + taken.size() - capacity));
        // The newest say most about now, so the oldest make room.
        Sample last = null;
        int removed = 0;
        while (removed < excess || last != null && !waiting.isEmpty() && Parts.together(last, waiting.getFirst())) {
            last = waiting.removeFirst();
            removed++;
        }
        return removed;
    }

    @Override
    public long size() {
        return waiting.size();
    }

    @Override
    public List<Sample> take(int most) {
        var batch = new ArrayList<Sample>(Math.min(most, waiting.size()));
        while (batch.size() < most && !waiting.isEmpty()) {
            batch.add(waiting.removeFirst());
        }
        if (!waiting.isEmpty()) {
            var surplus = batch.subList(Parts.whole(batch, waiting.getFirst()), batch.size());
            surplus.reversed().forEach(waiting::addFirst);
            surplus.clear();
        }
        taken = List.copyOf(batch);
        return taken;
    }

    @Override
    public void done() {
        taken = List.of();
    }

    @Override
    public void putBack() {
        taken.reversed().forEach(waiting::addFirst);
        taken = List.of();
    }

    @Override
    public long forget() {
        int size = waiting.size();
        waiting.clear();
        return size;
    }

    @Override
    public long discard() {
        return close();
    }

    @Override
    public long close() {
        putBack();
        return forget();
    }

    /** Tells whether a batch is under way. */
    boolean isTaken() {
        return !taken.isEmpty();
    }

    /** Returns those that wait. */
    List<Sample> waiting() {
        return List.copyOf(waiting);
    }
}
