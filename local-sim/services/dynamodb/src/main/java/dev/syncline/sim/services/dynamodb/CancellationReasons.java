// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import dev.syncline.sim.services.dynamodb.values.ValueWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reasons for which a transaction is cancelled, one for each action. Not thread-safe. */
final class CancellationReasons {
  private static final String EMPTY_KEY = "One or more parameter values are not valid.";

  /**
   * One reason.
   *
   * @param code as AWS spells it; {@code None} for an action that is in order
   * @param item shown with a failed condition; null for none
   */
  record Reason(String code, @Nullable String message, @Nullable Item item) {
    static final Reason NONE = new Reason("None", null, null);

    /** As the error's member has it. */
    ObjectNode json() {
      ObjectNode json = Json.object().put("Code", code);
      if (message != null) {
        json.put("Message", message);
      }
      if (item != null) {
        json.set("Item", ValueWriter.writeItem(item));
      }
      return json;
    }
  }

  private final List<Reason> reasons;
  private boolean any;

  CancellationReasons(int actions) {
    this.reasons = new ArrayList<>(Collections.nCopies(actions, Reason.NONE));
  }

  /**
   * An action that does not fit its table or item.
   *
   * @throws ValidationFault the fault itself where AWS refuses the whole request for it
   */
  void validationError(int action, ValidationFault fault) {
    if (fault.text().startsWith(EMPTY_KEY)) {
      throw fault;
    }
    // Only the first such action is reported.
    if (!any) {
      set(action, new Reason("ValidationError", fault.text(), null));
    }
  }

  void conditionFailed(int action, @Nullable Item item) {
    set(action, new Reason("ConditionalCheckFailed", DynamoDbErrors.CONDITION_FAILED, item));
  }

  /** A statement that does not name one item; all such statements are reported. */
  void invalidStatement(int action, String message) {
    set(action, new Reason("ValidationError", message, null));
  }

  /** A statement on a table that does not exist. */
  void tableNotFound(int action) {
    set(action, new Reason("ResourceNotFound", "Requested resource not found", null));
  }

  void duplicateItem(int action) {
    set(action, new Reason("DuplicateItem", "Duplicate primary key exists in table", null));
  }

  private void set(int action, Reason reason) {
    any = true;
    reasons.set(action, reason);
  }

  /**
   * Cancels the transaction if any action has a reason.
   *
   * @throws AwsException {@code TransactionCanceledException}
   */
  void throwIfAny() {
    if (any) {
      throw DynamoDbErrors.transactionCanceled(List.copyOf(reasons));
    }
  }
}
