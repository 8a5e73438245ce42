global using Cofferdam.TestKit;
global using Shouldly;
global using Xunit;
