#include <catch2/catch.hpp>

#include <cmath>

#include "hwmodels/calibrate/least_squares.hpp"

using namespace roofcast;

namespace {

/// t = a + b x, measured without error at x = 1..20.
LeastSquaresProblem line(double a, double b) {
  LeastSquaresProblem p{.parameters = {{"a", 1, 0.01, 100}, {"b", 1, 0.01, 100}}};
  for (std::size_t i = 0; i < 20; ++i) {
    p.rows.push_back(i);
    p.ln_measured.push_back(std::log(a + b * static_cast<double>(i + 1)));
  }
  p.ln_predicted = [](std::span<const double> v, std::size_t row) {
    return std::log(v[0] + v[1] * static_cast<double>(row + 1));
  };
  return p;
}

}  // namespace

TEST_CASE("a fit finds the parameters of data without error") {
  const auto fit = least_squares(line(7, 0.3));
  CHECK(fit.values[0] == Approx(7).epsilon(1e-4));
  CHECK(fit.values[1] == Approx(0.3).epsilon(1e-4));
  CHECK(fit.at_bound == std::vector<bool>{false, false});
  CHECK(fit.cost < 1e-9);
}

TEST_CASE("one row that is ten times off hardly moves a robust fit") {
  auto p = line(7, 0.3);
  p.ln_measured[10] += std::log(10);
  const auto fit = least_squares(p);
  CHECK(fit.values[0] == Approx(7).epsilon(0.02));
  CHECK(fit.values[1] == Approx(0.3).epsilon(0.05));
}

TEST_CASE("what rows do not fix stays near its start, what they fix hardly moves") {
  // One row at ln = 0.1 against a pull of the same weight to ln = 0: half way. The wide loss is quadratic.
  LeastSquaresProblem level{.parameters = {{"a", 1, 0.5, 2}, {"idle", 7, 0.1, 100}}, .rows = {0, 1}};
  level.ln_measured = {0.1, 0.1};
  level.start_weight = 2;  // two rows
  level.ln_predicted = [](std::span<const double> v, std::size_t) { return std::log(v[0]); };
  const auto fit = least_squares(level, {.loss_scale = 100});
  CHECK(std::log(fit.values[0]) == Approx(0.05).epsilon(1e-3));
  CHECK(fit.values[1] == Approx(7).epsilon(1e-3));

  auto p = line(7, 0.3);
  p.start_weight = 1e-4;
  CHECK(least_squares(p).values[0] == Approx(7).epsilon(0.01));
}

TEST_CASE("bounds hold, and a parameter that ends on one says so") {
  auto p = line(7, 0.3);
  p.parameters[0].most = 5;
  const auto fit = least_squares(p);
  CHECK(fit.values[0] <= 5);
  CHECK(fit.at_bound == std::vector<bool>{true, false});
}

TEST_CASE("rows that are held out do not count, weighted ones count more") {
  auto p = line(7, 0.3);
  for (std::size_t row = 15; row < 20; ++row) p.ln_measured[row] = std::log(1000);
  p.rows.resize(15);
  CHECK(least_squares(p).values[1] == Approx(0.3).epsilon(1e-3));

  // One level between 1 and e^0.1: with equal weights half way, ln = 0.05; with the upper one nine times, above.
  LeastSquaresProblem level{.parameters = {{"a", 1, 0.5, 2}}, .rows = {0, 1}, .ln_measured = {0, 0.1}};
  level.ln_predicted = [](std::span<const double> v, std::size_t) { return std::log(v[0]); };
  CHECK(std::log(least_squares(level).values[0]) == Approx(0.05).epsilon(1e-3));
  level.weights = {1, 9};
  CHECK(std::log(least_squares(level).values[0]) > 0.06);
}

TEST_CASE("the same rows give the same parameters, bit by bit") {
  auto p = line(3, 2);
  p.ln_measured[3] += 0.1;
  CHECK(least_squares(p).values == least_squares(p).values);
}

TEST_CASE("noise shows as the parameters' deviations") {
  auto p = line(7, 0.3);
  for (std::size_t row = 0; row < 20; ++row) p.ln_measured[row] += row % 2 == 0 ? 0.02 : -0.02;
  const auto noisy = least_squares(p);
  const auto exact = least_squares(line(7, 0.3));
  CHECK(noisy.deviations[0] > 0.005);
  CHECK(noisy.deviations[0] < 0.1);
  CHECK(exact.deviations[0] < 1e-4);
}
