// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Activities by ARN. Thread-safe. */
final class ActivityStore {
  private final Map<String, Activity> activities = new ConcurrentSkipListMap<>();

  /** Stores a new activity, or returns the existing one of its ARN. */
  Activity putIfAbsent(Activity activity) {
    Activity present = activities.putIfAbsent(activity.arn(), activity);
    return present == null ? activity : present;
  }

  @Nullable Activity find(String arn) {
    return activities.get(arn);
  }

  /** The activity, or the service's error. */
  Activity require(String arn) {
    Activity activity = activities.get(arn);
    if (activity == null) {
      throw StepFunctionsErrors.activityMissing(arn);
    }
    return activity;
  }

  /** Removes an activity; an unknown one is no error. Its tasks continue to wait, as on AWS. */
  void delete(String arn) {
    activities.remove(arn);
  }

  /** Every activity, by ARN. */
  List<Activity> all() {
    return List.copyOf(activities.values());
  }
}
