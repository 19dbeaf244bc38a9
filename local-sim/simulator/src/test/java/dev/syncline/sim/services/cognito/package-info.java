// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.services.cognito;

import org.jspecify.annotations.NullMarked;
