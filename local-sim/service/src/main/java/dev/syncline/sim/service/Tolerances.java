// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.JournalRecord;
import dev.syncline.sim.service.settings.Tolerance;
import dev.syncline.sim.service.settings.ToleranceSettings;
import org.jspecify.annotations.Nullable;

/** Refuses as AWS does, or, where the user tolerates it, reports what AWS refuses. Thread-safe. */
public final class Tolerances {
  /** Refuses everything. */
  public static final Tolerances NONE = new Tolerances("", ToleranceSettings.NONE, null);

  private final String service;
  private final ToleranceSettings settings;
  private final @Nullable Journal journal;

  private Tolerances(String service, ToleranceSettings settings, @Nullable Journal journal) {
    this.service = service;
    this.settings = settings;
    this.journal = journal;
  }

  /** The tolerances of a room, whose reports are in the journal. */
  public static Tolerances of(ServiceContext context, String service) {
    return new Tolerances(
        service,
        context.settings().get(ToleranceSettings.class, ToleranceSettings.NONE),
        context.journal());
  }

  /**
   * AWS refuses this, and the simulator does not, because the user tolerates it.
   *
   * @param service the room that tolerates it
   * @param tolerance its name in the settings
   * @param property the property of a CloudFormation template that is the cause
   * @param subject the value or name that is the cause
   * @param refusal the text of AWS's error
   */
  public record Tolerated(
      String service, String tolerance, String property, String subject, String refusal)
      implements JournalRecord {
    @Override
    public String source() {
      return service;
    }
  }

  /** Whether anything is tolerated. */
  public boolean any() {
    return !settings.tolerated().isEmpty();
  }

  /** Whether this is tolerated. */
  public boolean has(Tolerance tolerance) {
    return settings.tolerated().contains(tolerance);
  }

  /**
   * Throws the refusal unless it is tolerated; otherwise reports it.
   *
   * @param property see {@link Tolerated}
   * @param subject see {@link Tolerated}
   */
  public void refuse(
      Tolerance tolerance, String property, String subject, RuntimeException refusal) {
    if (!has(tolerance) || journal == null) {
      throw refusal;
    }
    String text = refusal instanceof AwsException error ? error.text() : refusal.getMessage();
    journal.record(
        new Tolerated(service, tolerance.id(), property, subject, text == null ? "" : text));
  }
}
