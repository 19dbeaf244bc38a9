// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.services.apigatewayv2;

import org.jspecify.annotations.NullMarked;
