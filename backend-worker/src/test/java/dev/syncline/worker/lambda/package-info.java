// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.worker.lambda;

import org.jspecify.annotations.NullMarked;
