// SPDX-License-Identifier: Apache-2.0
/**
 * The Lambda triggers of user pools.
 *
 * <p>Sources: the developer guide of Amazon Cognito, "Customizing user pool workflows with Lambda
 * triggers", and error texts that public clients report.
 */
@NullMarked
package dev.syncline.sim.services.cognito.trigger;

import org.jspecify.annotations.NullMarked;
