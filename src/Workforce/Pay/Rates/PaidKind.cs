namespace Cofferdam.Workforce.Pay.Rates;

/// <summary>What work is paid as. Each has a rate of its own on a rate card; none is unpaid by its nature.</summary>
public enum PaidKind : byte
{
    Task = 1,

    /// <summary>A lead's review of somebody's answer.</summary>
    Review = 2,

    /// <summary>Reading guidelines.</summary>
    Reading = 3,
    Qualification = 4,

    /// <summary>Asking the lab a question from inside a task.</summary>
    Question = 5,

    /// <summary>Doing a returned task again.</summary>
    Rework = 6,
}
