using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Vendors;

/// <summary>The tables of this room: every entity configuration in it, under snake_case names.</summary>
internal sealed class VendorsTables : ITables
{
    public void Configure(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(VendorsTables).Assembly);
        model.NameInSnakeCase(typeof(VendorsTables).Assembly);
    }
}
