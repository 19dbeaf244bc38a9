// SPDX-License-Identifier: Apache-2.0
/**
 * The integrations of Task states: HTTPS endpoints, functions, other executions, and every service
 * of this process. {@link dev.syncline.sim.services.stepfunctions.integration.TaskIntegrations} is
 * the entry point.
 */
@NullMarked
package dev.syncline.sim.services.stepfunctions.integration;

import org.jspecify.annotations.NullMarked;
