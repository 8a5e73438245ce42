global using Cofferdam.Endpoints;
global using Cofferdam.TestKit;
global using Shouldly;
global using Xunit;
