// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.asl.TimerPurpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Shared by an execution and the child executions of its distributed Maps: the steps that can run
 * now, the timers and tasks they wait for, the effects to return, one random source. Not
 * thread-safe.
 */
public final class Scheduler {
  private final RandomGenerator random;
  private final Deque<Step> ready = new ArrayDeque<>(2);
  private final Map<String, Step> timers = new HashMap<>(2);
  private final Map<String, AwaitedTask> tasks = new HashMap<>(2);
  private List<Effect> effects = new ArrayList<>(0);
  private Instant now = Instant.EPOCH;
  private int timerIds;
  private int taskIds;

  private record Step(ExecutionRun execution, Runnable action) {}

  /** Deterministic for the same seed and inputs. */
  public Scheduler(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Takes one input, runs until everything waits, and returns the effects for the host. */
  public List<Effect> take(Instant time, Runnable input) {
    now = time.isBefore(now) ? now : time;
    input.run();
    for (Step step = ready.poll(); step != null; step = ready.poll()) {
      step.execution().guarded(step.action());
    }
    List<Effect> done = effects;
    effects = new ArrayList<>(0);
    return List.copyOf(done);
  }

  /** A timer went off; unknown ones are ignored, since a cancelled timer may still fire. */
  public void fire(String timerId) {
    Step step = timers.remove(timerId);
    if (step != null) {
      step.execution().guarded(step.action());
    }
  }

  /** The task of that id; null if the execution does not wait for it. */
  public @Nullable AwaitedTask task(String taskId) {
    return tasks.get(taskId);
  }

  Instant now() {
    return now;
  }

  RandomGenerator random() {
    return random;
  }

  void ready(ExecutionRun execution, Runnable action) {
    ready.add(new Step(execution, action));
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  /** Adds the last effect. */
  public void ended(Effect.ExecutionEnded end) {
    effects.add(end);
  }

  String startTimer(ExecutionRun execution, Duration delay, TimerPurpose purpose, Runnable action) {
    timerIds++;
    String id = "timer-" + timerIds;
    timers.put(id, new Step(execution, action));
    effects.add(new Effect.ScheduleTimer(id, delay, now.plus(delay), purpose));
    return id;
  }

  void cancelTimer(@Nullable String id) {
    if (id != null && timers.remove(id) != null) {
      effects.add(new Effect.CancelTimer(id));
    }
  }

  String addTask(AwaitedTask task) {
    taskIds++;
    String id = "task-" + taskIds;
    tasks.put(id, task);
    return id;
  }

  void removeTask(@Nullable String id) {
    if (id != null) {
      tasks.remove(id);
    }
  }

  void cancelTask(@Nullable String id) {
    if (id != null && tasks.remove(id) != null) {
      effects.add(new Effect.CancelTask(id));
    }
  }
}
