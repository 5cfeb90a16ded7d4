/// A logistic regression: how likely something is by a weighted sum of signals.
public struct LogisticRegression: Sendable, Hashable {
    /// What the sum begins with.
    public let constant: Double
    /// What each signal counts.
    public let weights: [Double]

    /// Creates a regression of fitted numbers.
    public init(constant: Double, weights: [Double]) {
        self.constant = constant
        self.weights = weights
    }

    /// The likelihood for signals in the order of the weights, 0 to 1.
    public func likelihood(of signals: [Double]) -> Double {
        let sum = zip(signals, weights).reduce(constant) { $0 + $1.0 * $1.1 }
        return 1 / (1 + exponential(-sum))
    }
}
