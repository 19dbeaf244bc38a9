// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import graphql.validation.ValidationError;

/** The texts of validation errors as AppSync's engine writes them. */
final class ValidationTexts {
  private ValidationTexts() {}

  static String of(ValidationError error) {
    return String.valueOf(error.getMessage());
  }
}
