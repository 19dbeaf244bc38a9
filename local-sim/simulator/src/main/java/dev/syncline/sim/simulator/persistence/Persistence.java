// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator.persistence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.service.state.DataDirectoryException;
import dev.syncline.sim.service.state.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a data directory: saves every service's state soon after something has changed,
 * and when it is closed.
 *
 * <p>It checks every {@link #STEP} of real time, less often when a save takes long, so that saving
 * never takes more than a tenth of a processor. A kill loses the changes since the last save.
 *
 * <p>Thread-safe.
 */
public final class Persistence implements AutoCloseable {
  /** The interval between two checks for changes. */
  static final Duration STEP = Duration.ofMillis(500);

  /** Changes that are not counted are saved after at most this number of steps. */
  private static final int STEPS_BETWEEN_SAVES = 20;

  private static final int PAUSE_FACTOR = 9;
  private static final int TRIES = 3;
  private static final System.Logger LOG = System.getLogger(Persistence.class.getName());

  private final DataDirectory directory;
  private final Map<String, ServiceState> services;
  private final LongSupplier changes;
  private final Supplier<Instant> now;
  private final SimClock pace = new SimClock(new ClockMode.Real());
  private long saved = -1;
  private int stepsSinceSave;
  private boolean closed;
  private @Nullable String failure;

  /**
   * A writer; call {@link #start} to begin.
   *
   * @param services by signing name
   * @param changes a number that differs after every possible change
   * @param now the simulator's time
   */
  public Persistence(
      DataDirectory directory,
      Map<String, ServiceState> services,
      LongSupplier changes,
      Supplier<Instant> now) {
    this.directory = directory;
    this.services = new LinkedHashMap<>(services);
    this.changes = changes;
    this.now = now;
  }

  /**
   * Restores every service.
   *
   * @param skipDamaged whether to continue without unreadable content, which is then moved to
   *     {@code damaged/}
   * @return the skipped content, for the user
   * @throws DataDirectoryException when content cannot be read, or is of an unknown service
   */
  public List<String> restore(boolean skipDamaged) {
    var unknown = new TreeSet<>(directory.services());
    unknown.removeAll(services.keySet());
    if (!unknown.isEmpty()) {
      throw new DataDirectoryException(
          "the data directory "
              + directory.path()
              + " holds the state of services that this version of Syncline does not know: "
              + unknown
              + "; use the version that wrote it, or another directory");
    }
    services.forEach(
        (name, service) -> {
          JsonNode state = directory.state(name);
          if (state != null) {
            try {
              service.restore(state, directory);
            } catch (DataDirectoryException damaged) {
              throw damaged;
            } catch (RuntimeException unreadable) {
              throw new DataDirectoryException(
                  "the data directory "
                      + directory.path()
                      + " cannot be read: the state of "
                      + name
                      + " does not have the form of this version of Syncline ("
                      + unreadable.getMessage()
                      + "); use the version that wrote it, or another directory",
                  unreadable);
            }
          }
        });
    List<DataDirectory.Damage> damages = directory.damages();
    if (damages.isEmpty()) {
      return List.of();
    }
    if (!skipDamaged) {
      throw new DataDirectoryException(
          "the data directory "
              + directory.path()
              + " is damaged; "
              + damages.size()
              + (damages.size() == 1 ? " part" : " parts")
              + " cannot be read: "
              + damages.stream().map(Object::toString).collect(Collectors.joining(", "))
              + "; restore a copy of the data directory, use another one, or start with"
              + " --skip-damaged to continue without the damaged parts");
    }
    directory.setDamagedAside();
    return damages.stream().map(Object::toString).toList();
  }

  /** Begins to save. */
  public void start() {
    again(STEP);
  }

  /** A number that increases with every possible change of the state. */
  public long changes() {
    return changes.getAsLong();
  }

  /** The value of {@link #changes} up to which everything is on disk; -1 before the first save. */
  public synchronized long savedChanges() {
    return saved;
  }

  /** The directory. */
  public DataDirectory directory() {
    return directory;
  }

  private void again(Duration pause) {
    pace.schedule(TimerKind.WORK, pause, this::step);
  }

  private void step() {
    Duration pause = STEP;
    synchronized (this) {
      if (closed) {
        return;
      }
      stepsSinceSave++;
      if (saved != changes.getAsLong() || stepsSinceSave >= STEPS_BETWEEN_SAVES) {
        long before = pace.realNanos();
        saveOrTell();
        Duration tenfold = Duration.ofNanos((pace.realNanos() - before) * PAUSE_FACTOR);
        pause = tenfold.compareTo(STEP) > 0 ? tenfold : STEP;
      }
      again(pause);
    }
  }

  private void saveOrTell() {
    try {
      save();
      failure = null;
    } catch (RuntimeException | StackOverflowError failed) {
      String reason = String.valueOf(failed.getMessage());
      if (!reason.equals(failure)) {
        LOG.log(
            System.Logger.Level.ERROR,
            "nothing is saved to " + directory.path() + " until this is corrected: " + reason,
            failed);
      }
      failure = reason;
    }
  }

  private void save() {
    Map<String, JsonNode> states = new LinkedHashMap<>();
    long seen = changes.getAsLong();
    directory.begin();
    for (int i = 0; i < TRIES; i++) {
      seen = changes.getAsLong();
      services.forEach((name, service) -> states.put(name, service.save(directory)));
      if (seen == changes.getAsLong()) {
        break;
      }
      // The state changed during the snapshot: try again, for a snapshot of one moment.
    }
    directory.commit(states, now.get());
    saved = seen;
    stepsSinceSave = 0;
  }

  /**
   * Saves a last time and releases the directory.
   *
   * @throws RuntimeException when that fails
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    pace.close();
    try (directory) {
      save();
    }
  }
}
