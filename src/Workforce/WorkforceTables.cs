using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce;

/// <summary>The tables of this room: every entity configuration in it, under snake_case names.</summary>
internal sealed class WorkforceTables : ITables
{
    public void Configure(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(WorkforceTables).Assembly);
        model.NameInSnakeCase(typeof(WorkforceTables).Assembly);
    }
}
