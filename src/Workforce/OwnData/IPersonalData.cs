namespace Cofferdam.Workforce.OwnData;

/// <summary>What a room keeps in clear about a person. Every room that keeps something registers one, so that nothing is missing where a person looks, exports or erases.</summary>
internal interface IPersonalData
{
    /// <summary>Name of its part of an export: camelCase.</summary>
    string Section { get; }

    /// <summary>What it is and what it is for, in a sentence for the person.</summary>
    string Purpose { get; }

    /// <summary>What becomes of it when the person is erased, in a sentence.</summary>
    string OnErasure { get; }

    /// <summary>Rows for an export, written as JSON by their public properties.</summary>
    IAsyncEnumerable<object> RowsAsync(Guid person, CancellationToken cancellation);

    /// <summary>Removes what does not stay. Runs in the transaction of the erasure.</summary>
    Task ForgetAsync(Guid person, CancellationToken cancellation);
}
