// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.service.AwsException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the lifecycle rules of buckets at every midnight UTC of the simulator's clock, where
 * S3 may take a day longer. There is a timer only while a bucket has a rule that is enabled.
 * Thread-safe.
 */
final class LifecycleRun implements ObjectExpiry {
  private final SimClock clock;
  private final S3Store store;
  private final MultipartStore uploads;
  private final S3Events events;
  private final Runnable changed;
  private boolean scheduled;

  /**
   * Without a timer.
   *
   * @param changed is called after a change that no operation has made
   */
  LifecycleRun(
      SimClock clock, S3Store store, MultipartStore uploads, S3Events events, Runnable changed) {
    this.clock = clock;
    this.store = store;
    this.uploads = uploads;
    this.events = events;
    this.changed = changed;
  }

  /** Sets the timer if a bucket has rules; called when rules have changed or were restored. */
  synchronized void reconsider() {
    if (scheduled || store.buckets().keySet().stream().allMatch(name -> rules(name).isEmpty())) {
      return;
    }
    scheduled = true;
    Instant now = clock.now();
    Instant next = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    clock.schedule(TimerKind.BACKGROUND, Duration.between(now, next), this::run);
  }

  private void run() {
    synchronized (this) {
      scheduled = false;
    }
    for (String bucket : store.buckets().keySet()) {
      try {
        run(bucket, rules(bucket));
      } catch (AwsException deletedMeanwhile) {
        // The next bucket's turn.
      }
    }
    reconsider();
  }

  private List<LifecycleRule> rules(String bucket) {
    try {
      return store
          .settings(bucket)
          .shared(BucketSetting.LIFECYCLE)
          .map(LifecycleRule::enabled)
          .orElse(List.of());
    } catch (AwsException deletedMeanwhile) {
      return List.of();
    }
  }

  private void run(String bucket, List<LifecycleRule> rules) {
    if (rules.isEmpty()) {
      return;
    }
    Instant now = clock.now();
    int expired = 0;
    int moved = 0;
    String minimum = minimum(bucket);
    for (List<S3Object> versions : store.versions(bucket)) {
      expired += expire(bucket, versions, rules, now);
    }
    for (List<S3Object> versions : store.versions(bucket)) {
      moved += move(bucket, versions, rules, minimum, now);
    }
    int aborted = abort(bucket, rules, now);
    if (expired > 0) {
      events.expired(bucket, expired);
    }
    if (aborted > 0) {
      events.aborted(bucket, aborted);
    }
    if (moved > 0) {
      events.moved(bucket, moved);
    }
    if (expired + aborted + moved > 0) {
      changed.run();
    }
  }

  private int expire(
      String bucket, List<S3Object> versions, List<LifecycleRule> rules, Instant now) {
    int expired = 0;
    for (int i = 1; i < versions.size(); i++) {
      S3Object version = versions.get(i);
      Instant since = versions.get(i - 1).lastModified();
      int newer = i - 1;
      boolean due =
          rules.stream()
              .filter(rule -> rule.covers(version))
              .anyMatch(rule -> isDue(rule.noncurrentExpiry(since, newer), now));
      if (due && store.expire(bucket, version)) {
        expired++;
      }
    }
    S3Object newest = versions.getFirst();
    boolean alone = versions.size() == 1 + expired;
    boolean due =
        rules.stream()
            .filter(rule -> rule.covers(newest))
            .anyMatch(
                rule ->
                    newest.marker()
                        ? alone && rule.removesMarkers()
                        : isDue(rule.expiry(newest), now));
    return due && store.expire(bucket, newest) ? expired + 1 : expired;
  }

  private String minimum(String bucket) {
    return store
        .settings(bucket)
        .shared(BucketSetting.LIFECYCLE)
        .map(configuration -> configuration.path(LifecycleRules.MINIMUM).asText())
        .orElse(LifecycleRules.DEFAULT_MINIMUM);
  }

  /** Gives versions the storage class of a transition that is due. */
  private int move(
      String bucket,
      List<S3Object> versions,
      List<LifecycleRule> rules,
      String minimum,
      Instant now) {
    int moved = 0;
    for (int i = 0; i < versions.size(); i++) {
      S3Object version = versions.get(i);
      @Nullable Instant since = i == 0 ? null : versions.get(i - 1).lastModified();
      int newer = i - 1;
      Optional<String> wanted =
          rules.stream()
              .filter(rule -> !version.marker() && rule.covers(version))
              .flatMap(rule -> rule.storageClass(version, since, newer, minimum, now).stream())
              .max(Comparator.comparingInt(ObjectSettings::coldness));
      if (wanted.isPresent()
          && ObjectSettings.coldness(wanted.get())
              > ObjectSettings.coldness(version.storageClass())) {
        store.change(
            bucket,
            version.key(),
            version.versionId(),
            "LifecycleTransition",
            current -> current.withStorageClass(wanted.get()));
        moved++;
      }
    }
    return moved;
  }

  private static boolean isDue(Optional<Instant> time, Instant now) {
    return time.filter(due -> !due.isAfter(now)).isPresent();
  }

  private int abort(String bucket, List<LifecycleRule> rules, Instant now) {
    List<MultipartUpload.Opening> due =
        uploads.of(bucket).values().stream()
            .flatMap(List::stream)
            .map(MultipartUpload::opening)
            .filter(
                upload ->
                    rules.stream()
                        .anyMatch(rule -> isDue(rule.abort(upload.key(), upload.begun()), now)))
            .toList();
    due.forEach(upload -> uploads.end(upload.uploadId()));
    return due.size();
  }

  @Override
  public Optional<String> of(String bucket, S3Object object) {
    @Nullable LifecycleRule first = null;
    Instant earliest = Instant.MAX;
    for (LifecycleRule rule : rules(bucket)) {
      Instant due = rule.covers(object) ? rule.expiry(object).orElse(Instant.MAX) : Instant.MAX;
      if (due.isBefore(earliest)) {
        earliest = due;
        first = rule;
      }
    }
    return first == null
        ? Optional.empty()
        : Optional.of(
            "expiry-date=\""
                + ObjectAnswer.httpDate(earliest)
                + "\", rule-id=\""
                + URLEncoder.encode(first.id(), StandardCharsets.UTF_8)
                + '"');
  }
}
